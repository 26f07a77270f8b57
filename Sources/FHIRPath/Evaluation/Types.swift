import Documents

// What items are: section 10 and 6.3.
extension Evaluation {
  /// An item's type; a resource that no shape announced tells its own.
  func type(of item: Item) -> FormulaType {
    switch item {
    case .node(let node, .unknown): unshapedType(of: node)
    case .node(_, let type), .extended(_, _, let type): type
    case .text(_, let type): .value(type)
    case .boolean: .value(.boolean)
    case .integer: .value(.integer)
    case .quantity: .value(.quantity)
    case .type: .typeInfo
    }
  }

  private func unshapedType(of node: NodeID) -> FormulaType {
    guard forest[node].kind == .object else {
      guard let value = value(of: node, .unknown) else { return .unknown }
      return type(of: value)
    }
    guard let model = plan.model, let name = forest.names.find("resourceType"),
      let child = forest.child(node, named: name)
    else { return .unknown }
    return model.type(named: forest.string(child)) ?? .unknown
  }

  /// Whether an item passes a test.
  func passes(_ item: Item, _ test: TypeTest) -> Bool {
    let type = type(of: item)
    if let system = test.system, type == .value(system) { return true }
    guard let wanted = test.model else { return false }
    if plan.model?.isKind(type, of: wanted) == true { return true }
    guard case .node(_, .unknown) = item else { return false }
    // A value that no shape describes is of FHIR's type if it is of FHIRPath's.
    return wanted.system != nil && wanted.system == type.system
  }

  /// The names or namespaces of what `type()` gave.
  mutating func typeNames(of step: StepID, isNamespace: Bool) throws(FormulaFault) -> Items {
    let items = try items(step)
    var names = Items.empty
    for index in 0..<items.count {
      guard case .type(let type) = items[index] else { continue }
      let name = name(of: type)
      names.append(.text(forest.append(isNamespace ? name.namespace : name.name), .string))
    }
    return names
  }

  func name(of type: FormulaType) -> (namespace: String, name: String) {
    if case .value(let system) = type { return ("System", system.nameInFormulas) }
    return plan.model?.name(of: type) ?? ("System", "Any")
  }
}
