import Documents

extension JSONWriter {
  /// Appends a text in quotes, escaping what RFC 8259 section 7 demands and nothing else.
  static func quote(_ text: UnsafeBufferPointer<UInt8>, to out: inout Arena<UInt8>) {
    out.append(UInt8(ascii: "\""))
    var run = 0
    var at = JSONWord.plainRun(in: text, from: 0)
    while at < text.count {
      let byte = text[at]
      at += 1
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      out.append(UnsafeBufferPointer(rebasing: text[run..<at - 1]))
      escape(byte, to: &out)
      run = at
      at += JSONWord.plainRun(in: text, from: at)
    }
    out.append(UnsafeBufferPointer(rebasing: text[run...]))
    out.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, to out: inout Arena<UInt8>) {
    switch byte {
    case UInt8(ascii: "\""): out.append("\\\"")
    case UInt8(ascii: "\\"): out.append("\\\\")
    case 0x08: out.append("\\b")
    case 0x09: out.append("\\t")
    case 0x0A: out.append("\\n")
    case 0x0C: out.append("\\f")
    case 0x0D: out.append("\\r")
    default:
      out.append("\\u00")
      for nibble in [byte >> 4, byte & 15] { out.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
    }
  }
}

extension Arena<UInt8> {
  /// Appends a literal.
  mutating func append(_ literal: StaticString) {
    append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }
}
