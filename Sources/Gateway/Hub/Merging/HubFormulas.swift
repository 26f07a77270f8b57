import Diagnostics
import Documents
import FHIRPath
import Mapping
import Store

// What formulas say of a message's trees.
extension HubTree {
  /// What a formula gives of a resource.
  private func items(_ formula: Formula, of resource: NodeID) throws(HubFailure) -> Items {
    environment.context = resource
    do {
      return try formula.evaluate(over: &forest, in: &environment)
    } catch {
      throw .problems(.init([.init(error.problem, at: .init(file: "store.yaml", line: 1, column: 1))]))
    }
  }

  func isTrue(_ formula: Formula?, of resource: NodeID) throws(HubFailure) -> Bool {
    guard let formula, let item = try items(formula, of: resource).first else { return false }
    return forest.isTrue(item)
  }

  /// The texts of values; objects have none.
  func texts(_ formula: Formula, of resource: NodeID) throws(HubFailure) -> [String] {
    let items = try items(formula, of: resource)
    return (0..<items.count).map { forest.string(forest.written(items[$0])) }.filter { !$0.isEmpty }
  }

  /// The names of the hub that references refer to.
  func names(_ formula: Formula?, of resource: NodeID) throws(HubFailure) -> [HubKey] {
    try references(formula, of: resource).compactMap(name)
  }

  /// What references refer to.
  func references(_ formula: Formula?, of resource: NodeID) throws(HubFailure) -> [TextRange] {
    guard let formula else { return [] }
    let items = try items(formula, of: resource)
    return (0..<items.count).compactMap { index in
      object(items[index]).flatMap { range(names.reference, of: $0) }
    }
  }

  /// The objects and texts that a formula gives, taken apart.
  func values(_ formula: Formula, of resource: NodeID) throws(HubFailure) -> [HubValue] {
    let items = try items(formula, of: resource)
    var found: [HubValue] = []
    for index in 0..<items.count { add(items[index], to: &found) }
    return found
  }

  private func add(_ item: Item, to found: inout [HubValue]) {
    guard let node = object(item) else {
      let text = forest.written(item)
      if text.length > 0 { found.append(.text(text)) }
      return
    }
    if let reference = range(names.reference, of: node) { return found.append(.reference(reference)) }
    if let identifier = forest.child(node, named: names.identifier), forest[identifier].kind == .object {
      return add(.node(identifier, .unknown), to: &found)
    }
    if let codings = forest.child(node, named: names.coding) {
      for coding in forest.children(codings) { add(.node(coding, .unknown), to: &found) }
      return
    }
    if let value = plain(node) { found.append(value) }
  }

  private func plain(_ node: NodeID) -> HubValue? {
    let system = range(names.system, of: node)
    if let value = range(names.value, of: node) { return .identifier(system: system, value: value) }
    if let code = range(names.code, of: node) { return .coding(system: system, code: code) }
    let (start, end) = (range(names.start, of: node), range(names.end, of: node))
    if start != nil || end != nil { return .period(start: start, end: end) }
    return (range(names.text, of: node) ?? range(names.display, of: node)).map { .text($0) }
  }

  private func object(_ item: Item) -> NodeID? {
    guard case .node(let node, _) = item, forest[node].kind == .object else { return nil }
    return node
  }
}
