import Documents

// Members of elements whose type only the document shows.
extension Evaluation {
  mutating func members(named name: String, of input: StepID) throws(FormulaFault) -> Items {
    let items = try items(input)
    var found = Items.empty
    for index in 0..<items.count { try add(membersNamed: name, of: items[index], to: &found, at: input) }
    return found
  }

  private mutating func add(
    membersNamed name: String, of item: Item, to found: inout Items, at step: StepID
  ) throws(FormulaFault) {
    guard let parent = object(of: item) else { return }
    try spend(Int(forest[parent].end - parent), at: step)
    let type = type(of: item)
    if type != .unknown, let model = plan.model {
      guard let member = model.member(name, of: type) else { return }
      for form in member.forms {
        let member = MemberStep(name: form.name, companion: form.companion, type: form.type)
        try add(member, of: parent, to: &found, at: step)
      }
    } else {
      add(unshaped: name, of: parent, to: &found)
    }
  }

  /// Members of an element that no shape describes; FHIR's choice elements have their type behind the name.
  private func add(unshaped name: String, of parent: NodeID, to found: inout Items) {
    let before = found.count
    let utf8 = Array(name.utf8)
    for child in forest.children(parent) {
      let own = forest.localName(forest[child].name)
      if own == utf8 {
        add(child, .unknown, to: &found)
      } else if found.count == before, own.count > utf8.count, own.starts(with: utf8),
        let type = type(behind: own[utf8.count...])
      {
        add(child, type, to: &found)
      }
    }
  }

  /// `Quantity` in `valueQuantity`, `dateTime` in `valueDateTime`.
  private func type(behind suffix: ArraySlice<UInt8>) -> FormulaType? {
    let name = String(decoding: suffix, as: UTF8.self)
    guard let first = name.first, first.isUppercase, let model = plan.model else { return nil }
    return model.type(named: first.lowercased() + name.dropFirst()) ?? model.type(named: name)
  }
}
