/// What a pattern can demand of a place without reading: anchors and word boundaries.
enum PatternAssertion: Hashable, Sendable {
  /// `\A`, and `^` without the flag `m`.
  case textStart
  /// `\z`, and `$` without the flag `m`: FHIRPath's `$` is the very end, unlike PCRE's default.
  case textEnd
  /// `\Z`: the end, or before a newline that ends the text.
  case lastLineEnd
  /// `^` with the flag `m`; not after a newline that ends the text.
  case lineStart
  /// `$` with the flag `m`.
  case lineEnd
  /// `\b`, between ASCII word characters and others.
  case wordBoundary
  /// `\B`.
  case noWordBoundary

  func holds(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    switch self {
    case .textStart: place == 0
    case .textEnd: place == text.count
    case .lastLineEnd: place == text.count || place == text.count - 1 && text[place] == newline
    case .lineStart: place == 0 || place < text.count && text[place - 1] == newline
    case .lineEnd: place == text.count || text[place] == newline
    case .wordBoundary: isBoundary(in: text, at: place)
    case .noWordBoundary: !isBoundary(in: text, at: place)
    }
  }

  private func isBoundary(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    let before = place > 0 && isWord(text[place - 1])
    let after = place < text.count && isWord(text[place])
    return before != after
  }
}

private let newline = UInt8(ascii: "\n")

private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
  default: false
  }
}
