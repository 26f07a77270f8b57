/// A configuration file's text, kept so that diagnostics can show its lines.
public final class SourceText: Sendable {
  /// The file's path as the user gave it.
  public let file: String
  private let text: String
  private let lineStarts: [String.Index]

  /// Keeps a text and finds its lines (`\n` or `\r\n`).
  public init(file: String, text: String) {
    self.file = file
    self.text = text
    let utf8 = text.utf8
    lineStarts =
      [utf8.startIndex] + utf8.indices.filter { utf8[$0] == UInt8(ascii: "\n") }.map(utf8.index(after:))
  }

  /// Its lines without their ends.
  public var lines: [Substring] { lineStarts.indices.map(line) }

  private func line(_ number: Int) -> Substring {
    let end = number + 1 < lineStarts.count ? text.utf8.index(before: lineStarts[number + 1]) : text.endIndex
    let line = text[lineStarts[number]..<end]
    return line.utf8.last == UInt8(ascii: "\r") ? Substring(line.utf8.dropLast()) : line
  }

  /// The place of `length` characters at a 0-based line and column.
  public func place(line: Int, column: Int, length: Int = 1) -> Place {
    let written = lineStarts.indices.contains(line) ? self.line(line) : nil
    return Place(file: file, line: line + 1, column: column + 1, length: length, written: written)
  }
}
