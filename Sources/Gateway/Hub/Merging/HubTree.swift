import Diagnostics
import Documents
import FHIRPath
import Formats
import Mapping
import Store

/// The trees of one message and of what the store has about it, and what formulas say of them.
final class HubTree {
  var forest: Forest
  var environment = FormulaEnvironment()
  private let writer: JSONWriter
  private var out = Arena<UInt8>(capacity: 4096)
  private(set) var names: Names

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
    out.removeAll(keeping: 1 << 20)
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

  func bytes(_ node: NodeID) -> [UInt8] {
    out.truncate(to: 0)
    writer.write(node, of: forest, to: &out)
    return out.withElements { Array($0) }
  }

  /// The resources of a Bundle and the URLs that stand beside them.
  func resources(of bundle: NodeID) -> [(node: NodeID, fullURL: TextRange?)] {
    guard let entries = forest.child(bundle, named: names.entry) else { return [] }
    return forest.children(entries).compactMap { entry in
      forest.child(entry, named: names.resource).map { ($0, range(names.fullUrl, of: entry)) }
    }
  }

  func type(of resource: NodeID) -> String { text(names.resourceType, of: resource) ?? "" }

  /// A Bundle of resources.
  func bundle(_ resources: [NodeID]) -> NodeID { HubBundle.add(resources, to: &forest) }

  /// Takes in a copy of another forest's tree.
  func graft(_ root: NodeID, of other: borrowing Forest) -> NodeID { forest.graft(root, of: other) }

  func merge(_ statements: [NodeID], _ rule: HubMergeRule) -> NodeID { forest.merge(statements, rule) }

  /// Lets `resolve()` find these resources by type and id.
  func letFormulasSee(_ resources: some Sequence<NodeID>) {
    environment.resources.truncate(to: 0)
    for node in resources {
      forest[node].text = reference(to: node)
      environment.resources.append(node)
    }
  }

  /// `Type/id`, in the forest's text.
  func reference(to resource: NodeID) -> TextRange {
    let start = forest.text.count
    if let type = range(names.resourceType, of: resource) { forest.text.append(copyOf: type.indices) }
    forest.text.append(UInt8(ascii: "/"))
    if let id = range(names.id, of: resource) { forest.text.append(copyOf: id.indices) }
    return TextRange(start: start, length: forest.text.count - start)
  }

  /// A copy under another id, in which what refers to texts with numbers refers to others.
  func copy(
    _ resource: NodeID, id: TextRange, _ numbers: borrowing TextNumbers, _ references: [TextRange]
  ) -> NodeID {
    forest.copy(resource, names, id: id, numbers, references)
  }

  /// A text that trees can share.
  func append(_ text: String) -> TextRange { forest.append(text) }

  // MARK: texts

  /// A text of a tree as a string.
  func string(_ range: TextRange) -> String { forest.string(range) }

  func text(_ name: NameID, of node: NodeID) -> String? {
    range(name, of: node).map { forest.string($0) }
  }

  /// A member's text; `nil` for none and an empty one.
  func range(_ name: NameID, of node: NodeID) -> TextRange? {
    guard let child = forest.child(node, named: name), forest[child].kind != .object,
      forest[child].kind != .array, forest[child].text.length > 0
    else { return nil }
    return forest[child].text
  }
}

extension Forest {
  /// See ``HubTree/copy(_:id:_:_:)``.
  fileprivate mutating func copy(
    _ resource: NodeID, _ names: HubTree.Names, id: TextRange, _ numbers: borrowing TextNumbers,
    _ references: [TextRange]
  ) -> NodeID {
    let root = open(.object, name: NameTable.unnamed, offset: 0)
    let children = self.children(resource)
    for child in children where self[child].name == names.resourceType {
      copy(child, name: names.resourceType)
    }
    leaf(.string, name: names.id, text: id, offset: 0)
    for child in children where self[child].name != names.resourceType && self[child].name != names.id {
      copy(child, name: self[child].name)
    }
    close(root)
    for node in root..<next where isReference(node, names.reference) {
      guard let number = numbers.number(of: self[node].text, in: self) else { continue }
      self[node].text = references[number]
    }
    return root
  }
}
