public import Documents

/// FHIR's XML as the tree that FHIR's JSON of the same resource has (FHIR R4, 2.6.1 and 2.6.2), so that everything
/// behind the readers knows one form.
///
/// Values stay texts, for XML does not say what is a number. Elements that stand alone stay alone where JSON would have an
/// array of one: only a shape knows.
public enum FHIRXML {
  /// The namespace of FHIR's elements.
  public static let namespace = "http://hl7.org/fhir"

  /// Whether a root element is a FHIR resource.
  public static func isResource(_ root: NodeID, in forest: borrowing Forest) -> Bool {
    forest.namespaceURI(forest[root].name) == namespace
  }

  /// Adds the tree in JSON's form.
  /// - Parameters:
  ///   - root: a resource's element as ``XMLReader`` read it.
  ///   - bytes: the message, for the markup of narratives.
  /// - Returns: the new tree's root.
  public static func resource(_ root: NodeID, of bytes: [UInt8], in forest: inout Forest) -> NodeID {
    var names = Names(&forest)
    let start = forest.next
    add(resource: root, as: NameTable.unnamed, bytes, &names, &forest)
    return start
  }

  /// The names that FHIR's forms themselves use.
  private struct Names {
    let resourceType: NameID
    let value: NameID

    init(_ forest: inout Forest) {
      resourceType = FHIRXML.intern("resourceType", &forest)
      value = FHIRXML.intern("$value", &forest)
    }
  }

  private static func intern(_ name: String, _ forest: inout Forest) -> NameID {
    Array(name.utf8).withUnsafeBufferPointer { forest.intern($0) }
  }

  private static func localName(_ node: NodeID, _ forest: borrowing Forest) -> String {
    String(decoding: forest.localName(forest[node].name), as: UTF8.self)
  }
}

// MARK: Elements

extension FHIRXML {
  private static func add(
    resource element: NodeID, as name: NameID, _ bytes: [UInt8], _ names: inout Names, _ forest: inout Forest
  ) {
    let object = forest.open(.object, name: name, offset: forest[element].offset)
    let type = forest.append(localName(element, forest))
    forest.leaf(.string, name: names.resourceType, text: type, offset: forest[element].offset)
    addMembers(of: element, bytes, &names, &forest)
    forest.close(object)
  }

  private static func addMembers(
    of element: NodeID, _ bytes: [UInt8], _ names: inout Names, _ forest: inout Forest
  ) {
    guard forest[element].kind == .object else { return }
    addRuns(of: forest.children(element), bytes, &names, &forest)
  }

  private static func addRuns(
    of children: [NodeID], _ bytes: [UInt8], _ names: inout Names, _ forest: inout Forest
  ) {
    var rest = children[...]
    while let first = rest.first {
      let run = rest.prefix { forest[$0].name == forest[first].name }
      rest = rest.dropFirst(run.count)
      add(Array(run), bytes, &names, &forest)
    }
  }

  /// Neighbours of one name: an array where there are several.
  private static func add(
    _ run: [NodeID], _ bytes: [UInt8], _ names: inout Names, _ forest: inout Forest
  ) {
    let local = localName(run[0], forest)
    if local.hasPrefix("$") { return addAttribute(run[0], local, &forest) }
    let name = intern(local, &forest)
    let parts = run.map { primitive($0, names, forest) }
    if parts.allSatisfy({ $0 == nil }) {
      return addAll(run, as: name, &forest) { add(element: $0, as: $1, bytes, &names, &$2) }
    }
    if parts.contains(where: { $0?.value != nil }) {
      addAll(run, as: name, &forest) { add(value: $0, as: $1, names, &$2) }
    }
    guard parts.contains(where: { $0?.hasElements == true }) else { return }
    let companion = intern("_" + local, &forest)
    addAll(run, as: companion, &forest) { add(elementsOf: $0, as: $1, bytes, &names, &$2) }
  }

  private static func addAll(
    _ run: [NodeID], as name: NameID, _ forest: inout Forest, _ add: (NodeID, NameID, inout Forest) -> Void
  ) {
    guard run.count > 1 else { return add(run[0], name, &forest) }
    let array = forest.open(.array, name: name, offset: forest[run[0]].offset)
    for element in run { add(element, NameTable.unnamed, &forest) }
    forest.close(array)
  }

  /// `id` and `url` are attributes in XML and members in JSON.
  private static func addAttribute(_ attribute: NodeID, _ local: String, _ forest: inout Forest) {
    guard local.count > 1 else { return }
    let record = forest[attribute]
    forest.leaf(
      .string, name: intern(String(local.dropFirst()), &forest), text: record.text, offset: record.offset)
  }

  private static func add(
    element: NodeID, as name: NameID, _ bytes: [UInt8], _ names: inout Names, _ forest: inout Forest
  ) {
    if let resource = wrapped(element, forest) {
      return add(resource: resource, as: name, bytes, &names, &forest)
    }
    if forest.namespaceURI(forest[element].name) != namespace {
      let markup = forest.append(Markup.element(at: Int(forest[element].offset), of: bytes))
      return forest.leaf(.string, name: name, text: markup, offset: forest[element].offset)
    }
    let object = forest.open(.object, name: name, offset: forest[element].offset)
    addMembers(of: element, bytes, &names, &forest)
    forest.close(object)
  }

  /// A resource in an element of its own: its name begins with a capital letter.
  private static func wrapped(_ element: NodeID, _ forest: borrowing Forest) -> NodeID? {
    guard forest[element].kind == .object else { return nil }
    return forest.children(element).first { localName($0, forest).first?.isUppercase ?? false }
  }
}

// MARK: Primitives

extension FHIRXML {
  /// What an element with a `value`, or with nothing but an id and extensions, has.
  private struct Primitive {
    let value: NodeID?
    let hasElements: Bool
  }

  /// `nil` for an element that is no primitive.
  private static func primitive(_ element: NodeID, _ names: Names, _ forest: borrowing Forest) -> Primitive? {
    guard forest[element].kind == .object, wrapped(element, forest) == nil else { return nil }
    let children = forest.children(element)
    let value = children.first { forest[$0].name == names.value }
    let others = children.filter { $0 != value }
    let isPlain = others.allSatisfy { localName($0, forest) == "extension" || localName($0, forest) == "$id" }
    guard value != nil || isPlain && !others.isEmpty else { return nil }
    return Primitive(value: value, hasElements: !others.isEmpty)
  }

  private static func add(value element: NodeID, as name: NameID, _ names: Names, _ forest: inout Forest) {
    let record = primitive(element, names, forest)?.value.map { forest[$0] }
    if let record {
      forest.leaf(.string, name: name, text: record.text, offset: record.offset)
    } else {
      forest.leaf(.null, name: name, text: .empty, offset: forest[element].offset)
    }
  }

  /// The id and extensions of a primitive; null for one that has none.
  private static func add(
    elementsOf element: NodeID, as name: NameID, _ bytes: [UInt8], _ names: inout Names,
    _ forest: inout Forest
  ) {
    guard primitive(element, names, forest)?.hasElements == true else {
      return forest.leaf(.null, name: name, text: .empty, offset: forest[element].offset)
    }
    let object = forest.open(.object, name: name, offset: forest[element].offset)
    let others = forest.children(element).filter { forest[$0].name != names.value }
    addRuns(of: others, bytes, &names, &forest)
    forest.close(object)
  }
}
