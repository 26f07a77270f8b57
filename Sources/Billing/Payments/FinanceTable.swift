import Documents
import Formats

/// Tables that finance brings: any separator, decimal point or comma.
enum FinanceTable {
  /// The rows by heading; nil for what is no table.
  static func read(_ bytes: [UInt8]) -> [[String: String]]? {
    var forest = Forest(names: NameTableBuilder().build(), reserving: bytes.count)
    guard let root = try? CSVReader(CSVTable()).read(bytes, named: "table", into: &forest) else { return nil }
    return forest.children(root).map { row in
      let cells = forest.children(row).map { cell in
        (String(decoding: forest.localName(forest[cell].name), as: UTF8.self), forest.string(cell))
      }
      return Dictionary(cells) { first, _ in first }
    }
  }

  /// `1 500,00` or `1500.00`.
  static func money(_ text: String) -> Money? {
    Money(text.filter { $0 != " " && $0 != "\u{A0}" }.replacing(",", with: "."))
  }
}
