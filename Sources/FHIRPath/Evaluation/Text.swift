import Documents

// Strings as runs of UTF-8; a character is a Unicode scalar, as places in diagnostics count them.
extension Forest {
  /// How many characters a text has.
  func length(of range: TextRange) -> Int {
    text.withElements { bytes in
      bytes[range.indices].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    }
  }

  /// A part of a text, counted in characters; it must lie within.
  func characters(_ part: Range<Int>, of range: TextRange) -> TextRange {
    let start = byte(ofCharacter: part.lowerBound, in: range.indices)
    let end = byte(ofCharacter: part.count, in: start..<range.indices.upperBound)
    return TextRange(start: start, length: end - start)
  }

  /// Where the character with this number begins, or the range's end.
  private func byte(ofCharacter number: Int, in range: Range<Int>) -> Int {
    text.withElements { bytes in
      var left = number
      for index in range where bytes[index] & 0xC0 != 0x80 {
        if left == 0 { return index }
        left -= 1
      }
      return range.upperBound
    }
  }

  /// A text without white space at its ends.
  func trimmed(_ range: TextRange) -> TextRange {
    text.withElements { bytes in
      func isSpace(_ index: Int) -> Bool { bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) }
      var (start, end) = (range.indices.lowerBound, range.indices.upperBound)
      while start < end, isSpace(start) { start += 1 }
      while start < end, isSpace(end - 1) { end -= 1 }
      return TextRange(start: start, length: end - start)
    }
  }

  /// Whether a text has only what a number without exponent has.
  func isPlainNumber(_ range: TextRange) -> Bool {
    text.withElements { $0[range.indices].allSatisfy { $0 | 0x20 != UInt8(ascii: "e") } }
  }
}

extension Evaluation {
  /// The byte where a text first has a part; the work grows with the lengths' sum only.
  mutating func find(_ part: TextRange, in range: TextRange, at step: StepID) throws(FormulaFault) -> Int? {
    let found = forest.find(part, in: range)
    try spend(text: (found ?? range.indices.upperBound) - Int(range.start), at: step)
    return found
  }

  /// The parts of a text around a separator; an empty separator is around every character.
  mutating func pieces(
    of range: TextRange, between separator: TextRange, at step: StepID
  ) throws(FormulaFault) -> [TextRange] {
    var pieces: [TextRange] = []
    var rest = range
    while let end = try end(ofFirst: separator, in: rest, at: step) {
      pieces.append(TextRange(start: Int(rest.start), length: end - Int(rest.start)))
      let next = end + Int(separator.length)
      rest = TextRange(start: next, length: range.indices.upperBound - next)
    }
    pieces.append(rest)
    return pieces
  }

  private mutating func end(
    ofFirst separator: TextRange, in rest: TextRange, at step: StepID
  ) throws(FormulaFault) -> Int? {
    if separator.length > 0 { return try find(separator, in: rest, at: step) }
    try spend(1, at: step)
    let first = forest.characters(0..<1, of: rest)
    return first.length < rest.length ? first.indices.upperBound : nil
  }

  /// Texts in one, with a separator in between.
  mutating func joined(
    _ pieces: ArraySlice<TextRange>, by separator: TextRange, at step: StepID
  ) throws(FormulaFault) -> Items {
    let start = forest.text.count
    for index in pieces.indices {
      try spend(text: Int(pieces[index].length + separator.length), at: step)
      if index > pieces.startIndex { forest.text.append(copyOf: separator.indices) }
      forest.text.append(copyOf: pieces[index].indices)
    }
    return .one(.text(TextRange(start: start, length: forest.text.count - start), .string))
  }
}
