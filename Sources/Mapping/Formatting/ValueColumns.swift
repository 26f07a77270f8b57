/// The columns at which the values of a mapping file's table begin.
///
/// All lines of the file share one column, behind the longest key. Keys longer than ``widest`` do not push the others:
/// those in a run of adjacent lines that differ by no more than ``raggedness`` share a column of their own.
struct ValueColumns {
  /// The widest key with its margin and colon that the common column heeds.
  static let widest = 32
  /// How much longer than its neighbour a long key may be to share a column with it.
  static let raggedness = 4

  /// The column by line.
  private(set) var columns: [Int: Int] = [:]

  init(_ table: MappingTable) {
    for cells in [table.cells] + table.declarations { align(cells) }
  }

  private mutating func align(_ cells: [MappingTable.Cell]) {
    share(cells.filter { $0.width <= Self.widest })
    var run: [MappingTable.Cell] = []
    for cell in cells where cell.width > Self.widest {
      if !Self.joins(cell, run) {
        share(run)
        run = []
      }
      run.append(cell)
    }
    share(run)
  }

  private static func joins(_ cell: MappingTable.Cell, _ run: [MappingTable.Cell]) -> Bool {
    guard let last = run.last, cell.line == last.line + 1, cell.margin == last.margin else { return false }
    let widths = (run + [cell]).map(\.width)
    return (widths.max() ?? 0) - (widths.min() ?? 0) <= raggedness
  }

  private mutating func share(_ cells: [MappingTable.Cell]) {
    guard let width = cells.map(\.width).max() else { return }
    for cell in cells { columns[cell.line] = width + 1 }
  }
}
