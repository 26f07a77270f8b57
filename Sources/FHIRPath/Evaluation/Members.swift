import Documents

// Paths: members, array elements and indexers (section 3.4 and 5.3.1).
extension Evaluation {
  /// `null` and empty strings are nothing.
  @inline(__always)
  func isAbsent(_ node: NodeID) -> Bool {
    switch forest[node].kind {
    case .null: true
    case .string: forest[node].text.length == 0
    default: false
    }
  }

  mutating func members(_ member: MemberStep, of input: StepID) throws(FormulaFault) -> Items {
    var found = Items.empty
    switch try items(input) {
    case .empty: break
    case .one(let item): try addMembers(member, of: item, to: &found, at: input)
    case .many(let items):
      for item in items { try addMembers(member, of: item, to: &found, at: input) }
    }
    return found
  }

  @inline(__always)
  private mutating func addMembers(
    _ member: MemberStep, of item: Item, to found: inout Items, at step: StepID
  ) throws(FormulaFault) {
    guard case .node(let parent, _) = item, forest[parent].kind == .object else { return }
    let end = forest[parent].end
    var child = parent + 1
    while child < end {
      try spend(1, at: step)
      if forest[child].name == member.name {
        add(child, member.type, to: &found)
        if !member.repeats { return }
      }
      child = forest[child].end
    }
  }

  /// Adds a node, or the elements of a JSON array.
  @inline(__always)
  private func add(_ node: NodeID, _ type: FormulaType, to found: inout Items) {
    if forest[node].kind == .array {
      addElements(of: node, type, to: &found)
    } else if !isAbsent(node) {
      found.append(.node(node, type))
    }
  }

  private func addElements(of array: NodeID, _ type: FormulaType, to found: inout Items) {
    var element = array + 1
    while element < forest[array].end {
      if !isAbsent(element) { found.append(.node(element, type)) }
      element = forest[element].end
    }
  }

  mutating func item(of input: StepID, at index: StepID) throws(FormulaFault) -> Items {
    let items = try items(input)
    guard let index = try integer(index), index >= 0, index < items.count else { return .empty }
    return .one(items[Int(index)])
  }
}
