import Documents

/// The keys of a CSV shape's `dialect`.
enum DialectKeys {
  static let table = KeyTable(
    "a dialect",
    [
      KeyDefinition(
        "separator", .matching(TextPattern("^(?:tab|[\\t -~])$", suggestions: [",", ";", "tab", "|"])),
        "What stands between cells: one character of ASCII, or tab (a comma; on reading, what the header shows)."
      ),
      KeyDefinition(
        "encoding", .choice(CSVDialect.Encoding.allCases.map(\.rawValue)),
        "How characters are bytes (utf-8); a document with a byte order mark is UTF-8."),
      KeyDefinition(
        "quotes", .choice(CSVDialect.Quotes.allCases.map(\.rawValue)),
        "Which cells are written in quotes (needed)."),
      KeyDefinition(
        "lines", .choice(CSVDialect.LineEnd.allCases.map(\.rawValue)),
        "What ends a line that is written (crlf)."),
      KeyDefinition(
        "formulas", .choice(["plain", "guarded"]),
        "Whether cells like `=A1` are written behind an apostrophe, and read without it (plain)."),
    ])
}
