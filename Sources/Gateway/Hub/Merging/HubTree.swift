import Diagnostics
import Documents
import FHIRPath
import Formats
import Mapping

/// The trees of one message and of what the store has about it, and what formulas say of them.
final class HubTree {
  var forest: Forest
  private var environment = FormulaEnvironment()
  private let writer: JSONWriter
  private var names: Names

  /// FHIR's own names.
  struct Names {
    let resourceType, id, reference, entry, resource, fullUrl, identifier, display, coding, code, value,
      system,
      text, start, end: NameID

    fileprivate init(_ forest: inout Forest) {
      func name(_ text: String) -> NameID { forest.intern(text) }
      resourceType = name("resourceType")
      id = name("id")
      reference = name("reference")
      entry = name("entry")
      resource = name("resource")
      fullUrl = name("fullUrl")
      identifier = name("identifier")
      display = name("display")
      coding = name("coding")
      code = name("code")
      value = name("value")
      system = name("system")
      text = name("text")
      start = name("start")
      end = name("end")
    }
  }

  init(_ library: MappingLibrary) {
    var forest = Forest(names: library.names)
    names = Names(&forest)
    writer = JSONWriter(names: library.names)
    environment.hasPrimitiveElements = true
    self.forest = forest
  }

  /// Forgets the last message.
  /// - Parameter now: the time that formulas are told, RFC 3339 with an offset.
  func begin(now: String) {
    forest.removeAll()
    names = Names(&forest)
    environment.resources.truncate(to: 0)
    environment.now = forest.append(now)
  }

  // MARK: reading and writing

  func read(_ bytes: [UInt8], named file: String) throws(HubFailure) -> NodeID {
    do {
      return try JSONReader().read(bytes, named: file, into: &forest)
    } catch {
      throw .problems(.init([error]))
    }
  }

  func bytes(_ node: NodeID) -> [UInt8] { writer.bytes(node, of: forest) }

  /// The resources of a Bundle and the URLs that stand beside them.
  func resources(of bundle: NodeID) -> [(node: NodeID, fullURL: String?)] {
    guard let entries = forest.child(bundle, named: names.entry) else { return [] }
    return forest.children(entries).compactMap { entry in
      forest.child(entry, named: names.resource).map { ($0, text(names.fullUrl, of: entry)) }
    }
  }

  func type(of resource: NodeID) -> String { text(names.resourceType, of: resource) ?? "" }
  func id(of resource: NodeID) -> String? { text(names.id, of: resource) }

  /// A Bundle of resources.
  func bundle(_ resources: [NodeID]) -> [UInt8] { bytes(HubBundle.add(resources, to: &forest)) }

  func merge(_ statements: [NodeID], _ rule: HubMergeRule) -> NodeID { forest.merge(statements, rule) }

  /// Lets `resolve()` find these resources by type and id.
  func letFormulasSee(_ resources: some Sequence<NodeID>) {
    environment.resources.truncate(to: 0)
    for node in resources {
      forest[node].text = forest.append("\(type(of: node))/\(id(of: node) ?? "")")
      environment.resources.append(node)
    }
  }

  /// A copy under another id, in which what refers to these texts refers to others.
  func copy(_ resource: NodeID, id: String, references: [String: String]) -> NodeID {
    let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
    let children = forest.children(resource)
    for child in children where forest[child].name == names.resourceType {
      forest.copy(child, name: names.resourceType)
    }
    forest.leaf(.string, name: names.id, text: forest.append(id), offset: 0)
    for child in children where ![names.resourceType, names.id].contains(forest[child].name) {
      forest.copy(child, name: forest[child].name)
    }
    forest.close(root)
    for node in root..<forest.next where forest[node].name == names.reference && forest[node].kind == .string
    {
      if let other = references[forest.string(node)] { forest[node].text = forest.append(other) }
    }
    return root
  }

  /// All references in a resource.
  func references(in resource: NodeID) -> [String] {
    (resource..<forest[resource].end).compactMap { node in
      forest[node].name == names.reference && forest[node].kind == .string ? forest.string(node) : nil
    }
  }

  // MARK: formulas

  /// What a formula gives of a resource.
  func items(_ formula: Formula, of resource: NodeID) throws(HubFailure) -> [Item] {
    environment.context = resource
    do {
      let items = try formula.evaluate(over: &forest, in: &environment)
      return (0..<items.count).map { items[$0] }
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
    try items(formula, of: resource).map { forest.string(forest.written($0)) }.filter { !$0.isEmpty }
  }

  /// What references refer to.
  func references(_ formula: Formula?, of resource: NodeID) throws(HubFailure) -> [String] {
    guard let formula else { return [] }
    return try items(formula, of: resource).compactMap { item in
      object(item).flatMap { text(names.reference, of: $0) }
    }
  }

  /// The objects and texts that a formula gives, taken apart.
  func values(_ formula: Formula, of resource: NodeID) throws(HubFailure) -> [HubValue] {
    try items(formula, of: resource).flatMap { values($0) }
  }

  private func values(_ item: Item) -> [HubValue] {
    guard let node = object(item) else {
      let text = forest.string(forest.written(item))
      return text.isEmpty ? [] : [.text(text)]
    }
    if let reference = text(names.reference, of: node) { return [.reference(reference)] }
    if let identifier = forest.child(node, named: names.identifier), forest[identifier].kind == .object {
      return values(.node(identifier, .unknown))
    }
    if let codings = forest.child(node, named: names.coding) {
      return forest.children(codings).flatMap { values(.node($0, .unknown)) }
    }
    let system = text(names.system, of: node)
    if let value = text(names.value, of: node) { return [.identifier(system: system, value: value)] }
    if let code = text(names.code, of: node) { return [.coding(system: system, code: code)] }
    if let start = text(names.start, of: node) ?? text(names.end, of: node) {
      return [.period(start: text(names.start, of: node), end: text(names.end, of: node), start)]
    }
    return (text(names.text, of: node) ?? text(names.display, of: node)).map { [.text($0)] } ?? []
  }

  private func object(_ item: Item) -> NodeID? {
    guard case .node(let node, _) = item, forest[node].kind == .object else { return nil }
    return node
  }

  private func text(_ name: NameID, of node: NodeID) -> String? {
    guard let child = forest.child(node, named: name), ![.object, .array].contains(forest[child].kind)
    else { return nil }
    let text = forest.string(child)
    return text.isEmpty ? nil : text
  }
}
