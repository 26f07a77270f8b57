/// A configuration file's text, cut into lines so that diagnostics can show them.
public struct SourceText: Sendable {
  /// The file's path as the user gave it.
  public let file: String
  /// Its lines without their ends.
  public let lines: [Substring]

  /// Cuts a text into lines (`\n` or `\r\n`).
  public init(file: String, text: String) {
    self.file = file
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// The place of `length` characters at a 0-based line and column.
  public func place(line: Int, column: Int, length: Int = 1) -> Place {
    let excerpt = lines.indices.contains(line) ? String(lines[line]) : nil
    return Place(file: file, line: line + 1, column: column + 1, length: length, excerpt: excerpt)
  }
}
