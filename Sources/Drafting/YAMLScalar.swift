/// Writes texts into YAML, quoted where YAML would read something else.
enum YAMLScalar {
  /// A value behind a colon.
  static func written(_ text: String) -> String {
    isPlain(text) ? text : "'" + text.replacing("'", with: "''") + "'"
  }

  /// A key: as a value, and quoted too where a flow collection could begin.
  static func written(key: String) -> String { written(key) }

  /// Whether YAML 1.1 reads a plain scalar as this very text (section 5.3 and 7.3.3 of YAML 1.2; both are safe).
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace else {
      return false
    }
    if "-?:,[]{}#&*!|>'\"%@`".contains(first), text != "-" { return false }
    if text.contains(": ") || text.contains(" #") || last == ":" { return false }
    return text.allSatisfy { $0 != "\n" && $0 != "\t" && $0 != "\r" }
  }
}
