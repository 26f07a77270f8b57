import Documents

// `children` and `descendants`, section 5.8.
extension Evaluation {
  mutating func addChildren(of item: Item, to found: inout Items, at step: StepID) throws(FormulaFault) {
    guard let parent = object(of: item) else { return }
    try spend(Int(forest[parent].end - parent), at: step)
    let type = type(of: item)
    for child in forest.children(parent) {
      let name = String(decoding: forest.localName(forest[child].name), as: UTF8.self)
      if name == "resourceType" { continue }
      if environment.hasPrimitiveElements, name.hasPrefix("_") {
        addExtendedAlone(String(name.dropFirst()), type, child, in: parent, to: &found)
      } else if type != .unknown, let form = plan.model?.form(name, of: type) {
        let member = MemberStep(name: form.name, companion: form.companion, type: form.type)
        try add(member, of: parent, to: &found, at: step)
      } else {
        add(child, .unknown, to: &found)
      }
    }
  }

  /// A primitive of which there is nothing but its id and extensions.
  private func addExtendedAlone(
    _ name: String, _ type: FormulaType, _ companion: NodeID, in parent: NodeID, to found: inout Items
  ) {
    guard let form = plan.model?.form(name, of: type), forest.child(parent, named: form.name) == nil,
      forest[companion].kind == .object
    else { return }
    found.append(.extended(value: -1, element: companion, form.type))
  }
}
