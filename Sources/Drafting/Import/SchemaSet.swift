import Diagnostics

/// A schema file and all that it includes and imports, with what they declare by name.
struct SchemaSet {
  /// What a name can stand for; a name may stand for one thing of each kind.
  enum Kind: String {
    case element, attribute, type, group
    case attributeGroup = "attribute group"

    /// How many kinds of schema elements declare it.
    init?(declaredBy node: SchemaNode) {
      switch node.kind {
      case "element": self = .element
      case "attribute": self = .attribute
      case "complexType", "simpleType": self = .type
      case "group": self = .group
      case "attributeGroup": self = .attributeGroup
      default: return nil
      }
    }
  }

  private struct Key: Hashable {
    let kind: Kind
    let name: SchemaName
  }

  private struct FileKey: Hashable {
    let path: String
    let namespace: String?
  }

  private let read: (String) -> [UInt8]?
  private var known: Set<FileKey> = []
  private var declared: [Key: SchemaNode] = [:]
  /// The roots of all files, the first being the one that was asked for.
  private(set) var schemas: [SchemaNode] = []
  /// The elements that may stand in place of another.
  private(set) var substitutes: [SchemaName: [SchemaNode]] = [:]
  /// The named types that are derived from another.
  private(set) var derived: [SchemaName: [SchemaNode]] = [:]

  /// Reads a schema and those that it refers to.
  /// - Parameter read: gives the bytes of a file, `nil` when there is none.
  init(_ path: String, read: @escaping (String) -> [UInt8]?) throws(Diagnostic) {
    self.read = read
    try load(path, includedInto: nil, by: nil)
  }

  private mutating func load(
    _ path: String, includedInto namespace: String?, by reference: SchemaNode?
  ) throws(Diagnostic) {
    guard known.insert(FileKey(path: path, namespace: namespace)).inserted else { return }
    guard let bytes = read(path) else {
      let reason = reference == nil ? "no such file" : "there is no file \(path)"
      throw Diagnostic(
        .unreadableFile(reason: reason), at: reference?.place ?? Place(file: path, line: 1, column: 1))
    }
    let schema = try SchemaFileReader(path: path, bytes: bytes).read(includedInto: namespace)
    schemas.append(schema)
    for node in schema.children { try add(node) }
  }

  private mutating func add(_ node: SchemaNode) throws(Diagnostic) {
    switch node.kind {
    case "include", "import": return try follow(node)
    case "redefine", "override":
      let form = "xs:include; xs:\(node.kind) is not read"
      throw Diagnostic(.expectedForm(what: "a part of a schema to import", form: form), at: node.place)
    default: break
    }
    guard let kind = Kind(declaredBy: node) else { return }
    let key = Key(kind: kind, name: node.globalName)
    guard declared[key] == nil else { return }
    declared[key] = node
    if kind == .element, let head = try node.reference("substitutionGroup") {
      substitutes[head, default: []].append(node)
    }
    if let content = node.child("complexContent", "simpleContent"),
      let base = try content.child("extension", "restriction")?.reference("base")
    {
      derived[base, default: []].append(node)
    }
  }

  /// Files elsewhere in the world are not fetched; what only they declare is missed when it is used.
  private mutating func follow(_ node: SchemaNode) throws(Diagnostic) {
    guard let location = node["schemaLocation"], !location.contains("://") else { return }
    let path = RelativePath.resolve(location, from: node.file.path)
    let including = node.kind == "include" ? node.file.targetNamespace : nil
    try load(path, includedInto: including, by: node)
  }
}

// MARK: Looking up

extension SchemaSet {
  /// What a name stands for.
  func find(_ kind: Kind, _ name: SchemaName) -> SchemaNode? { declared[Key(kind: kind, name: name)] }

  /// What a name stands for; a diagnostic at its user when there is nothing.
  func find(_ kind: Kind, _ name: SchemaName, for user: SchemaNode) throws(Diagnostic) -> SchemaNode {
    if let node = find(kind, name) { return node }
    let others = declared.keys.filter { $0.kind == kind }
    let near = NearNames.of(name.local, among: others.map(\.name.local).sorted())
    throw Diagnostic(
      .unknownInSchema(what: kind.rawValue, name: name.local, namespace: name.namespace, near: near),
      at: user.place)
  }

  /// The elements that the file asked for declares, with those that it includes.
  var globalElements: [SchemaNode] {
    let own = schemas.first?.file.targetNamespace
    return schemas.filter { $0.file.targetNamespace == own }.flatMap { $0.children("element") }
  }
}
