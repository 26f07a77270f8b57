import Documents

/// Which columns a table is written with: those of its shape, and what its rows have beside them.
struct CSVColumns {
  private(set) var names: [NameID]
  private let known: Set<NameID>
  /// How many columns have a name.
  private var counts: [NameID: Int] = [:]

  init(_ table: CSVTable, rows: [NodeID], of forest: borrowing Forest) {
    names = table.columns.map(\.name)
    known = Set(names)
    for name in names { counts[name, default: 0] += 1 }
    for row in rows where forest[row].kind == .object && !fits(row, forest) { add(row, forest) }
  }

  /// Puts a row's cells under their columns, -1 where there is none.
  func place(_ row: NodeID, _ forest: borrowing Forest, in cells: inout [NodeID]) {
    for index in cells.indices { cells[index] = -1 }
    var from = 0
    var child = row + 1
    while child < forest[row].end {
      let name = forest[child].name
      if let index = free(name, in: from..<names.count, cells) ?? free(name, in: 0..<from, cells) {
        cells[index] = child
        from = index + 1
      }
      child = forest[child].end
    }
  }

  @inline(__always)
  private func free(_ name: NameID, in range: Range<Int>, _ cells: [NodeID]) -> Int? {
    for index in range where names[index] == name && cells[index] < 0 { return index }
    return nil
  }

  /// Whether all cells of a row have columns and stand in their order, as is usual.
  private func fits(_ row: NodeID, _ forest: borrowing Forest) -> Bool {
    var index = 0
    var child = row + 1
    while child < forest[row].end {
      while index < names.count, names[index] != forest[child].name { index += 1 }
      guard index < names.count else { return false }
      index += 1
      child = forest[child].end
    }
    return true
  }

  /// Adds the columns that a row needs. One of the shape that repeats stands beside the first of its name;
  /// what no shape knows follows all others.
  private mutating func add(_ row: NodeID, _ forest: borrowing Forest) {
    var seen: [NameID: Int] = [:]
    for child in forest.children(row) {
      let name = forest[child].name
      let number = seen[name, default: 0] + 1
      seen[name] = number
      guard number > counts[name, default: 0] else { continue }
      counts[name] = number
      let last = known.contains(name) ? names.lastIndex(of: name) : nil
      names.insert(name, at: last.map { $0 + 1 } ?? names.count)
    }
  }
}
