import Diagnostics
import Documents
import YAML

/// Turns shape files into a ``ShapeLibrary``: looks up types, prefixes and slices, numbers all names.
struct ShapeResolver {
  /// A named type in a namespace: XML types take the namespace of the field that uses them.
  struct TypeKey: Hashable {
    let shape: String
    let type: String
    let namespace: Int32
  }

  let sources: [String: ShapeSource]
  let typeNames: TypeNames
  var types: [ObjectType] = []
  var named: [TypeKey: TypeID] = [:]
  var names = NameTableBuilder()
  var zones: [String: TimeZoneTable] = [:]
  var diagnostics: [Diagnostic] = []

  /// Resolves all shapes; problems are added to `diagnostics`.
  static func resolve(_ sources: [ShapeSource], diagnostics: inout [Diagnostic]) -> ShapeLibrary {
    let byName = Dictionary(sources.map { ($0.name, $0) }) { first, _ in first }
    let typeNames = TypeNames(sources, diagnostics: &diagnostics)
    var resolver = ShapeResolver(sources: byName, typeNames: typeNames)
    var shapes: [String: Shape] = [:]
    for source in sources.sorted(by: { $0.name < $1.name }) { shapes[source.name] = resolver.shape(source) }
    for source in sources {
      resolver.resolveSlices(source, root: shapes[source.name]?.root)
      resolver.resolveChoices(source, root: shapes[source.name]?.root)
    }
    diagnostics += resolver.diagnostics
    for own in ["$", "reference", "id", "resourceType"] { _ = resolver.names.name(own) }
    if sources.contains(where: { $0.format == .hl7v2 }) { resolver.nameHL7v2() }
    let wishes = sources.filter { $0.format == .xml }.map { ($0.name, resolver.prefixes($0)) }
    let names = resolver.names.build()
    for (name, given) in wishes { shapes[name]?.prefixes = names.prefixes(with: given) }
    return ShapeLibrary(
      shapes: shapes, types: resolver.types, names: names, zones: resolver.zones, typeNames: typeNames)
  }

  private init(sources: [String: ShapeSource], typeNames: TypeNames) {
    self.sources = sources
    self.typeNames = typeNames
  }

  private mutating func shape(_ source: ShapeSource) -> Shape {
    let (rootName, xmlNamespace) = root(source)
    if source.format == .hl7v2 { diagnostics += HL7v2ShapeCheck.run(source, among: sources) }
    if let nested = source.nested { _ = isDeclared(nested.text ?? "", at: nested.place) }
    let type = object(
      source.fields, name: source.name, typeName: lastPart(source.name), in: source, xmlNamespace)
    var shape = Shape(
      name: source.name, title: source.title, format: source.format, root: type,
      rootName: rootName, place: source.place, namespace: namespace(source),
      table: table(source, root: type))
    for entry in source.types {
      shape.types[entry.name] = namedType(entry.name, declaredBy: source, xmlNamespace)
    }
    return shape
  }

  private func lastPart(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  /// What formulas call the namespace of a shape's types: as it says, or else the first that it uses.
  private func namespace(_ source: ShapeSource) -> String? {
    let used = source.uses.lazy.compactMap { sources[$0.text ?? ""]?.namespace }
    return source.namespace ?? used.first
  }

  private mutating func root(_ source: ShapeSource) -> (NameID, Int32) {
    guard source.format == .xml, let node = source.root, let text = node.text else {
      if source.format == .xml, source.fields != nil {
        diagnostics.append(Diagnostic(.missingKey(key: "root", what: "an XML shape"), at: source.place))
      }
      return (NameTable.unnamed, 0)
    }
    let (local, namespace) = qualified(text, in: source, 0, at: node.place)
    return (names.name(local, namespace: namespace), namespace)
  }

  /// What the documents of a shape write namespaces with: its own prefixes, then those of the shapes that it uses.
  private mutating func prefixes(_ source: ShapeSource) -> NamespacePrefixes {
    var prefixes = NamespacePrefixes()
    var open = [source]
    var seen: Set<String> = [source.name]
    while !open.isEmpty {
      let next = open.removeFirst()
      for (prefix, uri) in next.namespaces.sorted(by: { $0.key < $1.key }) {
        prefixes.add(prefix, for: names.namespace(uri, prefix: prefix))
      }
      open += next.uses.compactMap { sources[$0.text ?? ""] }.filter { seen.insert($0.name).inserted }
    }
    return prefixes
  }

  /// Cuts `c:name` and looks the prefix up.
  private mutating func qualified(
    _ text: String, in source: ShapeSource, _ inherited: Int32, at place: @autoclosure () -> Place
  ) -> (String, Int32) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard source.format == .xml, parts.count == 2 else { return (text, inherited) }
    let prefix = String(parts[0])
    guard let uri = source.namespaces[prefix] else {
      let declared = source.namespaces.keys.sorted()
      diagnostics.append(Diagnostic(.unknownPrefix(prefix: prefix, declared: declared), at: place()))
      return (String(parts[1]), inherited)
    }
    return (String(parts[1]), names.namespace(uri, prefix: prefix))
  }
}

// MARK: Objects and fields

extension ShapeResolver {
  private mutating func object(
    _ node: YAMLNode?, name: String, typeName: String, in source: ShapeSource, _ namespace: Int32
  ) -> TypeID {
    let id = types.count
    types.append(ObjectType(name: name, typeName: typeName, shape: source.name))
    fill(id, from: node, in: source, namespace)
    return id
  }

  private mutating func fill(_ id: TypeID, from node: YAMLNode?, in source: ShapeSource, _ namespace: Int32) {
    types[id].isClosed = source.isClosed
    guard let node else { return }
    guard let entries = node.entries else {
      diagnostics.append(
        Diagnostic(.expectedForm(what: "fields", form: "`name: type` lines"), at: node.place))
      return
    }
    var fields: [Field] = []
    for entry in entries {
      guard let field = field(entry, of: id, in: source, namespace) else { continue }
      if fields.contains(where: { $0.name == field.name }) {
        diagnostics.append(Diagnostic(.duplicateField(name: field.name), at: entry.key.place))
      } else {
        fields.append(field)
      }
    }
    if source.format == .hl7v2 { Self.sortPositions(&fields) }
    types[id].fields =
      source.format == .csv
      ? fields
      : fields.filter(\.isAttribute) + fields.filter { $0.name == "$" }
        + fields.filter { !$0.name.hasPrefix("$") }
  }

  private mutating func field(
    _ entry: YAMLNode.Entry, of owner: TypeID, in source: ShapeSource, _ inherited: Int32
  ) -> Field? {
    var text = entry.name
    let suffix = text.last.flatMap { "?*+!".contains($0) ? $0 : nil }
    if suffix != nil { text.removeLast() }
    let isAttribute = text.hasPrefix("$")
    let (local, namespace) = qualified(text, in: source, isAttribute ? 0 : inherited, at: entry.key.place)
    let written = WrittenType(entry.value)
    guard let content = content(written, name: local, of: owner, in: source, namespace) else {
      return nil
    }
    if case .value = content, self.namespace(source) != nil { _ = names.name("_" + local) }
    return Field(
      name: local, id: names.name(local, namespace: namespace),
      cardinality: Cardinality(
        isRequired: suffix == nil || suffix == "+", isOwed: suffix == nil || suffix == "+" || suffix == "!",
        repeats: suffix == "*" || suffix == "+"),
      content: content, typeName: written.name)
  }

  private mutating func content(
    _ written: WrittenType, name: String, of owner: TypeID, in source: ShapeSource, _ namespace: Int32
  ) -> FieldContent? {
    let node = written.node
    if node.entries != nil {
      return .object(nested(node, name: name, of: owner, in: source, namespace))
    }
    guard let text = written.type, !text.isEmpty else {
      diagnostics.append(
        Diagnostic(.expectedForm(what: "a field", form: "a type or further fields"), at: node.place))
      return nil
    }
    if let scalar = ScalarType(parsing: text) {
      let isKnown = checkZone(scalar, at: node.place) && isDeclared(written.name, at: written.placeOfName)
      return isKnown ? .value(scalar) : nil
    }
    if let type = namedType(text, usedBy: source, namespace) {
      return isNameless(written) ? .object(type) : nil
    }
    let near = NearNames.of(text, among: ScalarType.keywords + visibleTypes(source))
    diagnostics.append(Diagnostic(.unknownType(name: text, near: near), at: written.place))
    return nil
  }

  private mutating func nested(
    _ node: YAMLNode, name: String, of owner: TypeID, in source: ShapeSource, _ namespace: Int32
  ) -> TypeID {
    let path = types[owner].name == source.name ? name : types[owner].name + "." + name
    return object(node, name: path, typeName: source.nested?.text ?? path, in: source, namespace)
  }

  /// Objects are called by their type's name; a diagnostic when the field says another.
  private mutating func isNameless(_ written: WrittenType) -> Bool {
    guard written.name != nil else { return true }
    let form = "`as` behind a type of values only"
    diagnostics.append(Diagnostic(.expectedForm(what: "a field", form: form), at: written.placeOfName))
    return false
  }

  /// Whether `kinds` or `scalars` know a type's name; one that isn't there is fine.
  private mutating func isDeclared(_ name: String?, at place: @autoclosure () -> Place) -> Bool {
    guard let name, !typeNames.declared.contains(name) else { return true }
    let near = NearNames.of(name, among: typeNames.declared)
    diagnostics.append(Diagnostic(.undeclaredTypeName(name: name, near: near), at: place()))
    return false
  }

  private mutating func checkZone(_ type: ScalarType, at place: @autoclosure () -> Place) -> Bool {
    guard let zone = type.zone, zones[zone] == nil else { return true }
    zones[zone] = TimeZoneTable(named: zone)
    if zones[zone] == nil { diagnostics.append(Diagnostic(.unknownZone(name: zone), at: place())) }
    return zones[zone] != nil
  }

  private func visibleTypes(_ source: ShapeSource) -> [String] {
    source.types.map(\.name) + source.uses.flatMap { sources[$0.text ?? ""]?.types.map(\.name) ?? [] }
  }

  private mutating func namedType(_ name: String, usedBy source: ShapeSource, _ namespace: Int32) -> TypeID? {
    if source.types.contains(where: { $0.name == name }) {
      return namedType(name, declaredBy: source, namespace)
    }
    for use in source.uses {
      if let other = sources[use.text ?? ""], other.types.contains(where: { $0.name == name }) {
        return namedType(name, declaredBy: other, namespace)
      }
    }
    return nil
  }

  private mutating func namedType(_ name: String, declaredBy source: ShapeSource, _ namespace: Int32)
    -> TypeID?
  {
    let key = TypeKey(shape: source.name, type: name, namespace: namespace)
    if let known = named[key] { return known }
    guard let node = source.types.first(where: { $0.name == name })?.value else { return nil }
    let id = types.count
    types.append(ObjectType(name: name, typeName: name, shape: source.name))
    named[key] = id
    fill(id, from: node, in: source, namespace)
    return id
  }
}
