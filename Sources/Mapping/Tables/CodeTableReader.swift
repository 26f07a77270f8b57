import Diagnostics

/// Reads a code table: CSV (RFC 4180) with a header of two or three columns; lines that start with `#` are
/// comments.
enum CodeTableReader {
  static func read(_ file: ConfigurationFile, diagnostics: inout [Diagnostic]) -> CodeTable? {
    let source = SourceText(file: file.path, text: file.text)
    var rows: [CodeTable.Row] = []
    var header: [String] = []
    for (line, text) in source.lines.enumerated() where !text.isEmpty && !text.hasPrefix("#") {
      let place = source.place(line: line, column: 0, length: text.count)
      guard let cells = cells(text) else {
        diagnostics.append(Diagnostic(.tableRowMalformed(reason: "a quote is not closed"), at: place))
        continue
      }
      if header.isEmpty {
        header = cells
      } else if let row = row(cells, header, place, &diagnostics) {
        rows.append(row)
      }
    }
    guard header.count == 2 || header.count == 3 && header[2] == "use" else {
      let reason = "expected a first line such as `visiba,hub` or `visiba,hub,use`"
      diagnostics.append(Diagnostic(.tableRowMalformed(reason: reason), at: source.place(line: 0, column: 0)))
      return nil
    }
    return CodeTable(
      name: file.name, formatColumn: header[0], hubColumn: header[1], rows: rows,
      place: source.place(line: 0, column: 0, length: source.lines.first?.count ?? 1))
  }

  private static func row(
    _ cells: [String], _ header: [String], _ place: Place, _ diagnostics: inout [Diagnostic]
  ) -> CodeTable.Row? {
    let use = cells.count > 2 ? cells[2] : ""
    guard cells.count == 2 || cells.count == header.count, use.isEmpty || Direction(rawValue: use) != nil
    else {
      let reason =
        cells.count > header.count || cells.count < 2
        ? "expected \(header.count) cells, found \(cells.count)" : "`use` is in, out or empty"
      diagnostics.append(Diagnostic(.tableRowMalformed(reason: reason), at: place))
      return nil
    }
    return CodeTable.Row(format: cells[0], hub: cells[1], use: Direction(rawValue: use), place: place)
  }

  /// The cells of one line; `nil` when a quote stays open.
  private static func cells(_ line: Substring) -> [String]? {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    var previous: Character?
    for character in line {
      switch character {
      case "\"":
        if !isQuoted, previous == "\"" { cell.append("\"") }
        isQuoted.toggle()
      case "," where !isQuoted:
        cells.append(cell)
        cell = ""
      default: cell.append(character)
      }
      previous = character
    }
    return isQuoted ? nil : cells + [cell]
  }
}
