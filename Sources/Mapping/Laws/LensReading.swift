import Documents

/// What a line that holds in both directions reads at one place.
struct LensValue {
  /// The lens's number.
  let lens: Int
  /// Which element of the repetitions around it, as one number.
  let occurrence: UInt64
  let node: NodeID

  func stands(where other: LensValue) -> Bool { lens == other.lens && occurrence == other.occurrence }
}

// Both sides are read through the very cells that translating reads.
extension Workspace {
  /// What the lenses read of a document that was checked.
  mutating func documentValues(_ block: LensBlock, _ writing: Writing) -> [LensValue] {
    var values: [LensValue] = []
    addDocumentValues(block, 0, writing, to: &values)
    return values
  }

  private mutating func addDocumentValues(
    _ block: LensBlock, _ occurrence: UInt64, _ writing: Writing, to values: inout [LensValue]
  ) {
    for lens in block.lenses { add(lens, at: lens.format, occurrence, to: &values) }
    for repetition in block.repetitions {
      var element = Occurrences(inside: occurrence)
      forEachFrame(
        inListAt: repetition.formatListCell, depth: repetition.formatDepth,
        when: Int32(repetition.formatWhen), writing
      ) { workspace in
        let before = values.count
        workspace.addDocumentValues(repetition.block, element.this, writing, to: &values)
        if values.count > before { element.next() }
      }
    }
  }

  /// What the lenses read of the hub's resources once they are found.
  /// - Parameter number: gives a scope the number that it has in the plan.
  mutating func hubValues(
    _ block: LensBlock, _ number: (Scope) -> Int, _ writing: Writing
  ) -> [LensValue] {
    var values: [LensValue] = []
    addHubValues(block, 0, number, writing, to: &values)
    return values
  }

  private mutating func addHubValues(
    _ block: LensBlock, _ occurrence: UInt64, _ number: (Scope) -> Int, _ writing: Writing,
    to values: inout [LensValue]
  ) {
    for lens in block.lenses { add(lens, at: lens.hub, occurrence, to: &values) }
    for repetition in block.repetitions {
      var element = Occurrences(inside: occurrence)
      let body = { (workspace: inout Workspace) in
        let before = values.count
        workspace.addHubValues(repetition.block, element.this, number, writing, to: &values)
        if values.count > before { element.next() }
      }
      switch repetition.hub {
      case .resources(let scope): forEachResource(of: number(scope), writing, body)
      case .frames(let depth, let listCell, let when):
        forEachFrame(inListAt: listCell, depth: depth, when: Int32(when), writing, body)
      }
    }
  }

  private mutating func add(
    _ lens: Lens, at place: CellPlace, _ occurrence: UInt64, to values: inout [LensValue]
  ) {
    let node = cells[Int(frames[place.depth]) + place.cell]
    if node >= 0 { values.append(LensValue(lens: lens.number, occurrence: occurrence, node: node)) }
  }
}

/// Numbers the elements of a repetition that say something: one of which nothing is read comes back as nothing.
private struct Occurrences {
  private(set) var this: UInt64

  init(inside outer: UInt64) { this = outer &* 256 &+ 1 }

  mutating func next() { this &+= 1 }
}
