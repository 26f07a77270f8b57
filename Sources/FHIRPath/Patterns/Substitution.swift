/// What takes a match's place: text with references `$1`, `${1}` and `${name}` to groups, `$0` to the match.
///
/// `$$` and `\$` are a dollar, `\\` is a backslash. As in Java, a reference takes the digits that make the
/// number of a group, and a group that took no part gives nothing.
struct Substitution: Sendable {
  enum Part: Equatable, Sendable {
    case text([UInt8])
    case group(Int)
  }

  let parts: [Part]

  init(_ text: String, for pattern: Pattern) throws(PatternFault) {
    var reader = SubstitutionReader(text, pattern)
    parts = try reader.read()
  }

  /// Puts what takes a match's place after the result so far.
  func append(
    _ match: [Range<Int>?], of text: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]
  ) {
    for part in parts {
      switch part {
      case .text(let bytes): result.append(contentsOf: bytes)
      case .group(let number):
        if let range = match[number] { result.append(contentsOf: text[range]) }
      }
    }
  }
}
