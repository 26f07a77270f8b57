import Diagnostics
import Documents
import FHIRPath
import Formats
import Mapping
import Store

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
      forest[node].text = reference(to: node)
      environment.resources.append(node)
    }
  }

  private func reference(to resource: NodeID) -> TextRange {
    let start = forest.text.count
    if let type = range(names.resourceType, of: resource) { forest.text.append(copyOf: type.indices) }
    forest.text.append(UInt8(ascii: "/"))
    if let id = range(names.id, of: resource) { forest.text.append(copyOf: id.indices) }
    return TextRange(start: start, length: forest.text.count - start)
  }

  /// A copy under another id, in which what refers to these texts refers to others.
  func copy(_ resource: NodeID, id: String, references: [String: TextRange]) -> NodeID {
    let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
    let children = forest.children(resource)
    for child in children where forest[child].name == names.resourceType {
      forest.copy(child, name: names.resourceType)
    }
    forest.leaf(.string, name: names.id, text: forest.append(id), offset: 0)
    for child in children
    where forest[child].name != names.resourceType && forest[child].name != names.id {
      forest.copy(child, name: forest[child].name)
    }
    forest.close(root)
    for node in root..<forest.next where isReference(node) {
      if let other = references[forest.string(node)] { forest[node].text = other }
    }
    return root
  }

  /// A text that trees can share.
  func append(_ text: String) -> TextRange { forest.append(text) }

  // MARK: references

  private func isReference(_ node: NodeID) -> Bool {
    forest[node].name == names.reference && forest[node].kind == .string
  }

  /// All references in a resource.
  func references(in resource: NodeID) -> [String] {
    (resource..<forest[resource].end).filter(isReference).map { forest.string($0) }
  }

  /// The names of the hub to which a resource refers.
  func names(in resource: NodeID) -> [HubKey] {
    var found: [HubKey] = []
    for node in resource..<forest[resource].end where isReference(node) {
      if let name = name(in: forest[node].text) { found.append(name) }
    }
    return found
  }

  /// The name that a reference of the hub holds, behind its last slash.
  func name(in reference: TextRange) -> HubKey? {
    forest.text.withElements { text in
      let bytes = text[reference.indices]
      return HubKey(hexadecimal: bytes[(bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? bytes.startIndex)...])
    }
  }

  /// Whether a reference says that it is to a resource of a type.
  func isReference(_ reference: TextRange, to type: String) -> Bool {
    forest.text.withElements { text in
      let bytes = text[reference.indices]
      return bytes.starts(with: type.utf8) && bytes.dropFirst(type.utf8.count).first == UInt8(ascii: "/")
    }
  }

  // MARK: formulas

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

  /// A text of a tree as a string.
  func string(_ range: TextRange) -> String { forest.string(range) }

  private func text(_ name: NameID, of node: NodeID) -> String? {
    range(name, of: node).map { forest.string($0) }
  }

  /// `nil` for no text and an empty one.
  private func range(_ name: NameID, of node: NodeID) -> TextRange? {
    guard let child = forest.child(node, named: name), forest[child].kind != .object,
      forest[child].kind != .array, forest[child].text.length > 0
    else { return nil }
    return forest[child].text
  }
}
