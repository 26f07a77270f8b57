import Documents

// Base64, RFC 4648 section 4, straight into a forest's text.
extension Workspace {
  /// A text's bytes in base64.
  mutating func base64(_ text: TextRange) -> TextRange {
    let start = forest.text.count
    forest.text.reserve((Int(text.length) + 2) / 3 * 4)
    var at = text.indices.lowerBound
    let end = text.indices.upperBound
    while at < end {
      let rest = end - at
      let first = UInt32(forest.text[at])
      let second = rest > 1 ? UInt32(forest.text[at + 1]) : 0
      let third = rest > 2 ? UInt32(forest.text[at + 2]) : 0
      let group = first << 16 | second << 8 | third
      forest.text.append(Self.letter(group >> 18))
      forest.text.append(Self.letter(group >> 12))
      forest.text.append(rest > 1 ? Self.letter(group >> 6) : UInt8(ascii: "="))
      forest.text.append(rest > 2 ? Self.letter(group) : UInt8(ascii: "="))
      at += 3
    }
    return TextRange(start: start, length: forest.text.count - start)
  }

  /// The UTF-8 text that base64 stands for, or `nil` when it is none.
  mutating func unbase64(_ text: TextRange) -> TextRange? {
    guard forest.text.withElements({ ScalarSyntax.base64(UnsafeBufferPointer(rebasing: $0[text.indices])) })
    else {
      return nil
    }
    let start = forest.text.count
    var at = text.indices.lowerBound
    while at < text.indices.upperBound {
      var group: UInt32 = 0
      var padding = 0
      for i in 0..<4 {
        let byte = forest.text[at + i]
        if byte == UInt8(ascii: "=") { padding += 1 }
        group = group << 6 | Self.value(byte)
      }
      for shift in [16, 8, 0].prefix(3 - padding) {
        forest.text.append(UInt8(truncatingIfNeeded: group >> UInt32(shift)))
      }
      at += 4
    }
    let decoded = TextRange(start: start, length: forest.text.count - start)
    let isText = forest.text.withElements { String(validating: $0[decoded.indices], as: UTF8.self) != nil }
    return isText ? decoded : nil
  }

  private static let alphabet: StaticString =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

  @inline(__always)
  private static func letter(_ bits: UInt32) -> UInt8 { alphabet.utf8Start[Int(bits & 63)] }

  private static func value(_ letter: UInt8) -> UInt32 {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: 0
    }
  }
}
