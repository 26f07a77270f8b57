import Diagnostics

/// A complex type that is drafted: a nested tree or a named type of the shape.
struct SchemaType {
  /// Its name in the schema, or that of the element that it describes.
  let name: String
  /// The namespace that it is declared in.
  let namespace: String
  var fields: [SchemaField] = []
  /// The types that `xsi:type` may say instead, when it is abstract.
  var alternatives: [SchemaTypeID] = []
  var documentation = ""
}

/// Walks a schema from its root element and drafts every type on the way once.
struct SchemaDrafter {
  let set: SchemaSet
  var simple: SimpleTypes
  private(set) var types: [SchemaType] = []
  var notes: Set<SchemaNote> = []
  private var known: [Key: SchemaTypeID] = [:]
  /// Types that have a number but no fields yet; drafted one after another, since types hold each other.
  private var waiting: [(node: SchemaNode, id: SchemaTypeID, isNil: Bool)] = []
  /// What is being expanded, so that a definition by itself ends.
  private var open: Set<ObjectIdentifier> = []

  private struct Key: Hashable {
    let node: ObjectIdentifier
    let isNil: Bool
  }

  init(_ set: SchemaSet) {
    self.set = set
    simple = SimpleTypes(set)
  }

  /// The number of a complex type.
  /// - Parameter isNil: whether `xsi:nil` may leave everything out.
  mutating func type(_ node: SchemaNode, named name: String, isNil: Bool) -> SchemaTypeID {
    let key = Key(node: node.id, isNil: isNil)
    if let id = known[key] { return id }
    let id = types.count
    known[key] = id
    types.append(SchemaType(name: isNil ? name + "OrNil" : name, namespace: node.file.targetNamespace))
    waiting.append((node, id, isNil))
    return id
  }

  /// Drafts all types that are waited for, and those that they hold.
  mutating func draftTypes() throws(Diagnostic) {
    while let (node, id, isNil) = waiting.popLast() {
      types[id].documentation = node.documentation
      let content = try ComplexContent(node, &self)
      types[id].fields = (isNil ? content.optional : content).fields(&notes)
      if node.isTrue("abstract") {
        types[id].alternatives = derived(from: node.globalName).map {
          type($0, named: $0["name"] ?? "", isNil: false)
        }
      }
    }
  }

  /// The types that documents may name in place of an abstract one.
  private func derived(from base: SchemaName) -> [SchemaNode] {
    var found: [SchemaNode] = []
    var bases = [base]
    while let base = bases.popLast() {
      for node in set.derived[base] ?? [] where !found.contains(where: { $0 === node }) {
        found.append(node)
        bases.append(node.globalName)
      }
    }
    return found.filter { !$0.isTrue("abstract") }
  }

  /// Expands a definition unless it is being expanded already.
  mutating func expanding<T>(
    _ node: SchemaNode, _ body: (inout SchemaDrafter) throws(Diagnostic) -> T
  ) throws(Diagnostic) -> T {
    guard open.insert(node.id).inserted else {
      throw Diagnostic(.definedByItself(name: node["name"] ?? ""), at: node.place)
    }
    defer { open.remove(node.id) }
    return try body(&self)
  }
}
