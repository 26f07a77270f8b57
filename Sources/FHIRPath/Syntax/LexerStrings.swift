// Strings and quoted names, with the escapes of section 4.1.2.
extension Lexer {
  mutating func quoted(by quote: Unicode.Scalar) throws(FormulaFault) -> String {
    let start = at
    at += 1
    var content = String.UnicodeScalarView()
    while let next = peek() {
      at += 1
      if next == quote { return String(content) }
      content.append(next == "\\" ? try escaped() : next)
    }
    throw .expected("a closing `\(quote)`", at: start..<at)
  }

  private mutating func escaped() throws(FormulaFault) -> Unicode.Scalar {
    let escape = peek()
    at += 1
    switch escape {
    case "'", "\"", "`", "\\", "/": return escape ?? "\\"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "f": return "\u{0C}"
    case "u": return try unicodeEscape()
    default:
      throw .expected(
        "one of the escapes \\' \\\" \\` \\\\ \\/ \\n \\r \\t \\f \\u", at: at - 2..<min(at, text.count))
    }
  }

  private mutating func unicodeEscape() throws(FormulaFault) -> Unicode.Scalar {
    let start = at - 2
    var code = try codeUnit(from: start)
    if UTF16.isLeadSurrogate(UInt16(code)), peek() == "\\", peek(1) == "u" {
      at += 2
      let trail = try codeUnit(from: start)
      code = 0x10000 + (code - 0xD800) << 10 + (trail & 0x3FF)
    }
    guard let scalar = Unicode.Scalar(code) else { throw .expected("a character's code", at: start..<at) }
    return scalar
  }

  private mutating func codeUnit(from start: Int) throws(FormulaFault) -> UInt32 {
    let digits = String(String.UnicodeScalarView(text[min(at, text.count)...].prefix(4)))
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let code = UInt32(digits, radix: 16) else {
      throw .expected("four hexadecimal digits after `\\u`", at: start..<min(at + 4, text.count))
    }
    at += 4
    return code
  }
}
