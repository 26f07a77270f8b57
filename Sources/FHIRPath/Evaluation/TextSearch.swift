import Documents

extension Forest {
  /// The byte where a text first has a part, by the method of Knuth, Morris and Pratt: hostile texts take no
  /// longer.
  func find(_ part: TextRange, in range: TextRange) -> Int? {
    guard part.length > 0, part.length <= range.length else {
      return part.length == 0 ? Int(range.start) : nil
    }
    return text.withElements { bytes in
      let (needle, hay) = (
        UnsafeBufferPointer(rebasing: bytes[part.indices]),
        UnsafeBufferPointer(rebasing: bytes[range.indices])
      )
      return withUnsafeTemporaryAllocation(of: Int.self, capacity: needle.count) { borders in
        measureBorders(of: needle, into: borders)
        return search(for: needle, in: hay, borders).map { $0 + Int(range.start) }
      }
    }
  }
}

/// For each prefix, the length of its longest proper beginning that is also its end.
private func measureBorders(
  of needle: UnsafeBufferPointer<UInt8>, into borders: UnsafeMutableBufferPointer<Int>
) {
  borders[0] = 0
  var length = 0
  for index in 1..<max(1, needle.count) {
    while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
    if needle[index] == needle[length] { length += 1 }
    borders[index] = length
  }
}

private func search(
  for needle: UnsafeBufferPointer<UInt8>, in hay: UnsafeBufferPointer<UInt8>,
  _ borders: UnsafeMutableBufferPointer<Int>
) -> Int? {
  var matched = 0
  for index in hay.indices {
    while matched > 0, hay[index] != needle[matched] { matched = borders[matched - 1] }
    if hay[index] == needle[matched] { matched += 1 }
    if matched == needle.count { return index - matched + 1 }
  }
  return nil
}
