/// Writes texts into YAML, quoted where YAML would read something else.
enum YAMLScalar {
  /// A value behind a colon.
  static func written(_ text: String) -> String {
    if text.unicodeScalars.contains(where: isSpecial) { return escaped(text) }
    return isPlain(text) ? text : "'" + text.replacing("'", with: "''") + "'"
  }

  /// Characters that YAML folds or refuses: control characters, line and paragraph separators, marks and
  /// noncharacters.
  private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// The double-quoted form (section 5.7 of YAML 1.2).
  private static func escaped(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\\(scalar)"
      case _ where isSpecial(scalar):
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A key: as a value, and quoted too where a flow collection could begin.
  static func written(key: String) -> String { written(key) }

  /// Whether YAML 1.1 reads a plain scalar as this very text (section 5.3 and 7.3.3 of YAML 1.2; both are
  /// safe).
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace else {
      return false
    }
    if "-?:,[]{}#&*!|>'\"%@`".contains(first), text != "-" { return false }
    if text.contains(": ") || text.contains(" #") || last == ":" { return false }
    return text.allSatisfy { $0 != "\n" && $0 != "\t" && $0 != "\r" }
  }
}
