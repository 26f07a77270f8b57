import Diagnostics

/// A CSV file of rules: a header, rows, and lines of comment that begin with `#`. Cells know their place.
struct RuleTable {
  struct Cell {
    let text: String
    let place: Place
  }

  struct Row {
    let cells: [String: Cell]
    let place: Place

    /// The text of a column; empty where there is none.
    subscript(column: String) -> String { cells[column]?.text ?? "" }

    func place(of column: String) -> Place { cells[column]?.place ?? place }
  }

  private(set) var rows: [Row] = []
  private let source: SourceText

  /// Reads a table; what is wrong with it is added to `diagnostics`.
  /// - Parameter columns: those that the header must have.
  init(_ text: String, file: String, columns: [String], _ diagnostics: inout [Diagnostic]) {
    source = SourceText(file: file, text: text)
    var header: [String] = []
    for (number, line) in source.lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let place = source.place(line: number, column: 0, length: line.count)
      guard let cells = Self.cells(line) else {
        diagnostics.append(Diagnostic(.billingRow(reason: "a quote is not closed"), at: place))
        continue
      }
      if header.isEmpty {
        header = cells.map(\.text)
        for column in columns where !header.contains(column) {
          let reason = "the header needs the column `\(column)`"
          diagnostics.append(Diagnostic(.billingRow(reason: reason), at: place))
        }
      } else if cells.count != header.count {
        let reason = "expected \(header.count) cells, found \(cells.count)"
        diagnostics.append(Diagnostic(.billingRow(reason: reason), at: place))
      } else {
        rows.append(row(cells, header, number, place))
      }
    }
  }

  private func row(
    _ cells: [(text: String, column: Int)], _ header: [String], _ number: Int, _ place: Place
  ) -> Row {
    let pairs = zip(header, cells).map { name, cell in
      let length = max(1, cell.text.count)
      return (
        name, Cell(text: cell.text, place: source.place(line: number, column: cell.column, length: length))
      )
    }
    return Row(cells: Dictionary(pairs) { first, _ in first }, place: place)
  }

  /// The cells of a line with their columns (RFC 4180); nil when a quote stays open.
  private static func cells(_ line: Substring) -> [(text: String, column: Int)]? {
    var cells: [(String, Int)] = []
    var (cell, start, isQuoted) = ("", 0, false)
    var previous: Character?
    for (column, character) in line.enumerated() {
      switch character {
      case "\"":
        if !isQuoted, previous == "\"" { cell.append(character) }
        isQuoted.toggle()
      case "," where !isQuoted:
        cells.append((cell, start))
        (cell, start) = ("", column + 1)
      default: cell.append(character)
      }
      previous = character
    }
    return isQuoted ? nil : cells + [(cell, start)]
  }
}
