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

  mutating func members(_ forms: TableRange, _ repeats: Bool, of input: StepID) throws(FormulaFault) -> Items
  {
    var found = Items.empty
    switch try items(input) {
    case .empty: break
    case .one(let item): try addMembers(forms, repeats, of: item, to: &found, at: input)
    case .many(let items):
      for item in items { try addMembers(forms, repeats, of: item, to: &found, at: input) }
    }
    return found
  }

  @inline(__always)
  private mutating func addMembers(
    _ forms: TableRange, _ repeats: Bool, of item: Item, to found: inout Items, at step: StepID
  ) throws(FormulaFault) {
    guard let parent = object(of: item) else { return }
    if forms.count == 1, !environment.hasPrimitiveElements {
      return try addChildren(memberSteps[Int(forms.start)], repeats, of: parent, to: &found, at: step)
    }
    for index in forms.indices { try add(memberSteps[index], of: parent, to: &found, at: step) }
  }

  /// The node with an item's members: the element itself, or the node that holds a primitive's id and extensions.
  @inline(__always)
  func object(of item: Item) -> NodeID? {
    let node: NodeID
    switch item {
    case .node(let id, _): node = id
    case .extended(_, let element, _): node = element
    default: return nil
    }
    return forest[node].kind == .object ? node : nil
  }

  @inline(__always)
  private mutating func addChildren(
    _ member: MemberStep, _ repeats: Bool, of parent: NodeID, to found: inout Items, at step: StepID
  ) throws(FormulaFault) {
    let end = forest[parent].end
    var child = parent + 1
    while child < end {
      try spend(1, at: step)
      if forest[child].name == member.name {
        add(child, member.type, to: &found)
        if !repeats { return }
      }
      child = forest[child].end
    }
  }

  /// A member that may have a companion node with ids and extensions.
  mutating func add(
    _ member: MemberStep, of parent: NodeID, to found: inout Items, at step: StepID
  ) throws(FormulaFault) {
    let end = forest[parent].end
    try spend(Int(end - parent), at: step)
    guard member.companion >= 0, let companion = forest.child(parent, named: member.companion) else {
      return try addChildren(member, true, of: parent, to: &found, at: step)
    }
    let value = forest.child(parent, named: member.name)
    addExtended(value, companion, member.type, to: &found)
  }

  /// A primitive's values beside its ids and extensions: in an array each at the other's index.
  private func addExtended(_ value: NodeID?, _ companion: NodeID, _ type: FormulaType, to found: inout Items)
  {
    guard forest[companion].kind == .array else {
      let isValue = value.map { !isAbsent($0) } ?? false
      return found.append(.extended(value: isValue ? value ?? -1 : -1, element: companion, type))
    }
    let values = value.map { forest.children($0) } ?? []
    let elements = forest.children(companion)
    for index in 0..<max(values.count, elements.count) {
      let value = index < values.count && !isAbsent(values[index]) ? values[index] : -1
      if index < elements.count, forest[elements[index]].kind == .object {
        found.append(.extended(value: value, element: elements[index], type))
      } else if value >= 0 {
        found.append(.node(value, type))
      }
    }
  }

  /// Adds a node, or the elements of a JSON array.
  @inline(__always)
  func add(_ node: NodeID, _ type: FormulaType, to found: inout Items) {
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

  /// Members of members: from node to node, without a collection in between.
  mutating func path(_ steps: TableRange, of input: StepID) throws(FormulaFault) -> Items {
    let start = try items(input)
    if case .one(.node(var node, _)) = start, !environment.hasPrimitiveElements {
      for index in steps.indices {
        guard let next = try child(memberSteps[index].name, of: node, at: input) else { return .empty }
        if forest[next].kind == .array { return try members(of: start, along: steps, at: input) }
        node = next
      }
      return isAbsent(node) ? .empty : .one(.node(node, memberSteps[steps.indices.upperBound - 1].type))
    }
    return try members(of: start, along: steps, at: input)
  }

  @inline(__always)
  private mutating func child(_ name: NameID, of node: NodeID, at step: StepID) throws(FormulaFault)
    -> NodeID?
  {
    let record = forest[node]
    guard record.kind == .object else { return nil }
    var child = node + 1
    while child < record.end {
      try spend(1, at: step)
      if forest[child].name == name { return child }
      child = forest[child].end
    }
    return nil
  }

  private mutating func members(
    of start: Items, along steps: TableRange, at step: StepID
  ) throws(FormulaFault) -> Items {
    var reached = start
    for index in steps.indices {
      var next = Items.empty
      for place in 0..<reached.count {
        guard let parent = object(of: reached[place]) else { continue }
        try add(memberSteps[index], of: parent, to: &next, at: step)
      }
      reached = next
    }
    return reached
  }

  mutating func item(of input: StepID, at index: StepID) throws(FormulaFault) -> Items {
    let items = try items(input)
    guard let index = try integer(index), index >= 0, index < items.count else { return .empty }
    return .one(items[Int(index)])
  }
}
