import Documents

// Most of what a message could say it does not say: objects that nothing present feeds are passed over at once.
extension WritePlanBuilder {
  /// Notes the cells that an object depends on, unless something else could bring it into being too.
  mutating func addProbes(to start: Int32) {
    let operation = operations[Int(start)]
    guard operation.traits.isDisjoint(with: [.required, .fixed]), let cells = feedingCells(of: Int(start)),
      !cells.isEmpty,
      operation.traits.contains(.root) || cells.count <= 8
    else { return }
    operations[Int(start)].argument = TableRange(start: Int32(probes.count), count: Int32(cells.count))
    operations[Int(start)].depth = cells[0].depth
    probes += cells.map(\.cell)
    stopProbing(childrenOf: Int(start))
  }

  /// A child that depends on the same cells is fed when its parent is.
  private mutating func stopProbing(childrenOf start: Int) {
    let count = operations[start].argument.count
    var child = start + 1
    while child < Int(operations[start].end) {
      if operations[child].isAround, operations[child].argument.count == count {
        operations[child].argument = .none
      }
      child = Int(operations[child].end)
    }
  }

  /// The cells below an operation, all of one frame; `nil` when an empty cell does not mean that nothing is written.
  private func feedingCells(of start: Int) -> [(depth: UInt8, cell: Int32)]? {
    let isRoot = operations[start].traits.contains(.root)
    var cells: [(depth: UInt8, cell: Int32)] = []
    var index = start + 1
    while index < Int(operations[start].end) {
      let operation = operations[index]
      switch operation.kind {
      case .object, .array, .arrayOfObject, .fixed, .resourceID, .noted: index += 1
      case .value, .copy:
        guard isRoot || operation.whenAbsent < 0 else { return nil }
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
