import Documents

/// Notices a member that stands twice in one object: by looking at its siblings, or in a set when there are
/// many.
struct MemberNames {
  private static let few = 24

  private let node: NodeID
  private var count = 0
  private var set: Set<NameID> = []

  init(of node: NodeID) {
    self.node = node
  }

  /// Adds a name; `false` when the object already has it.
  @inline(__always)
  mutating func insert(_ name: NameID, in forest: borrowing Forest) -> Bool {
    count += 1
    if count > Self.few { return insertIntoSet(name, in: forest) }
    var sibling = node + 1
    let end = forest.next
    while sibling < end {
      let record = forest[sibling]
      if record.name == name { return false }
      sibling = record.end
    }
    return true
  }

  private mutating func insertIntoSet(_ name: NameID, in forest: borrowing Forest) -> Bool {
    if set.isEmpty {
      var sibling = node + 1
      while sibling < forest.next {
        set.insert(forest[sibling].name)
        sibling = forest[sibling].end
      }
    }
    return set.insert(name).inserted
  }
}
