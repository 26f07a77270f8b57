/// Which drafted types a shape needs, and whether each is nested or named.
struct SchemaUses {
  /// The types that can be reached from the root, in the order in which they are met.
  private(set) var order: [SchemaTypeID] = []
  /// The namespaces of the fields that use a type.
  private(set) var namespaces: [SchemaTypeID: [String]] = [:]
  private var named: Set<SchemaTypeID> = []

  init(of root: SchemaField, in types: [SchemaType]) {
    guard case .object(let rootID) = root.content else { return }
    visit(rootID, types)
    for id in order {
      let uses = namespaces[id]?.count ?? 0
      if id == rootID ? uses > 0 : uses != 1 { named.insert(id) }
      named.formUnion(types[id].alternatives)
    }
    if namespaces[rootID] != nil { namespaces[rootID]?.append(root.name.namespace) }
  }

  private mutating func visit(_ root: SchemaTypeID, _ types: [SchemaType]) {
    var waiting = [root]
    var met: Set = [root]
    while let id = waiting.popLast() {
      order.append(id)
      var next: [SchemaTypeID] = []
      for field in types[id].fields {
        guard case .object(let used) = field.content else { continue }
        namespaces[used, default: []].append(field.name.namespace)
        next.append(used)
      }
      waiting += (next + types[id].alternatives).filter { met.insert($0).inserted }.reversed()
    }
  }

  /// Whether a type stands under `types`.
  func isNamed(_ id: SchemaTypeID) -> Bool { named.contains(id) }

  /// The namespace that a named type's fields stand in unless they say otherwise; `nil` when its users
  /// differ.
  func inherited(by id: SchemaTypeID) -> String? {
    let all = Set(namespaces[id] ?? [])
    return all.count == 1 ? all.first : nil
  }
}
