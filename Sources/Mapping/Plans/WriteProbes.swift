import Documents

// Most of what a message could say it does not say: objects that nothing present feeds are passed over at once.
extension WritePlanBuilder {
  /// Notes the cells that an object depends on, unless something else could bring it into being too.
  mutating func addProbes(to start: Int32) {
    let operation = operations[Int(start)]
    guard !operation.isRequired, !operation.isFixed, let cells = feedingCells(of: Int(start)), !cells.isEmpty,
      operation.isRoot || cells.count <= 8
    else { return }
    operations[Int(start)].argument = TableRange(start: Int32(probes.count), count: Int32(cells.count))
    operations[Int(start)].depth = cells[0].depth
    probes += cells.map(\.cell)
  }

  /// The cells below an operation, all of one frame; `nil` when an empty cell does not mean that nothing is written.
  private func feedingCells(of start: Int) -> [(depth: Int32, cell: Int32)]? {
    let isRoot = operations[start].isRoot
    var cells: [(depth: Int32, cell: Int32)] = []
    var index = start + 1
    while index < Int(operations[start].end) {
      let operation = operations[index]
      switch operation.kind {
      case .object, .array, .fixed, .resourceID: index += 1
      case .value, .copy:
        guard isRoot || operation.whenAbsent.count < 0 else { return nil }
        cells.append((operation.depth, operation.cell))
        index += 1
      case .eachFrame:
        cells.append((operation.depth, operation.cell))
        index = Int(operation.end)
      case .literal, .link:
        guard isRoot else { return nil }
        index += 1
      case .formula, .reference, .eachResource: return nil
      }
    }
    return cells.allSatisfy { $0.depth == cells.first?.depth } ? cells : nil
  }
}
