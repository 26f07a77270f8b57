import Documents

/// Brings one resource from XML's form to JSON's.
struct FHIRXMLConversion {
  private let bytes: [UInt8]
  private let model: FHIRModel
  private let resourceType: NameID
  private let value: NameID

  init(_ bytes: [UInt8], _ model: FHIRModel, _ forest: inout Forest) {
    self.bytes = bytes
    self.model = model
    resourceType = forest.intern("resourceType")
    value = forest.intern("$value")
  }

  mutating func add(resource element: NodeID, as name: NameID, _ forest: inout Forest) {
    let object = forest.open(.object, name: name, offset: forest[element].offset)
    let local = localName(element, forest)
    let type = forest.append(local)
    forest.leaf(.string, name: resourceType, text: type, offset: forest[element].offset)
    addMembers(of: element, model.resource(local), &forest)
    forest.close(object)
  }

  private func localName(_ node: NodeID, _ forest: borrowing Forest) -> String {
    String(decoding: forest.localName(forest[node].name), as: UTF8.self)
  }

  private mutating func addMembers(of element: NodeID, _ type: Int?, _ forest: inout Forest) {
    guard forest[element].kind == .object else { return }
    add(members: forest.children(element), type, &forest)
  }

  private mutating func add(members: [NodeID], _ type: Int?, _ forest: inout Forest) {
    for (name, run) in Self.grouped(members, forest) {
      if name.hasPrefix("$") {
        addAttribute(run[0], name, &forest)
      } else {
        add(run, name, model.field(name, of: type), &forest)
      }
    }
  }

  /// Children by name, in the order of the first of each.
  private static func grouped(
    _ members: [NodeID], _ forest: borrowing Forest
  ) -> [(name: String, nodes: [NodeID])] {
    var groups: [(name: String, nodes: [NodeID])] = []
    var places: [NameID: Int] = [:]
    for node in members {
      let name = forest[node].name
      if let place = places[name] {
        groups[place].nodes.append(node)
      } else {
        places[name] = groups.count
        groups.append((String(decoding: forest.localName(name), as: UTF8.self), [node]))
      }
    }
    return groups
  }

  /// The elements of one name: an array where there are several, or may be.
  private mutating func add(
    _ run: [NodeID], _ local: String, _ field: FHIRModel.Field?, _ forest: inout Forest
  ) {
    let name = forest.intern(local)
    let isArray = run.count > 1 || field?.repeats == true
    let parts = run.map { primitive($0, field, forest) }
    if parts.allSatisfy({ $0 == nil }) {
      return addAll(run, as: name, isArray, &forest) { $0.add(element: $1, as: $2, field, &$3) }
    }
    if parts.contains(where: { $0?.value != nil }) {
      addAll(run, as: name, isArray, &forest) { $0.add(value: $1, as: $2, field, &$3) }
    }
    guard parts.contains(where: { $0?.hasElements == true }) else { return }
    let companion = forest.intern("_" + local)
    addAll(run, as: companion, isArray, &forest) { $0.add(elementsOf: $1, as: $2, field, &$3) }
  }

  private mutating func addAll(
    _ run: [NodeID], as name: NameID, _ isArray: Bool, _ forest: inout Forest,
    _ add: (inout FHIRXMLConversion, NodeID, NameID, inout Forest) -> Void
  ) {
    guard isArray else { return add(&self, run[0], name, &forest) }
    let array = forest.open(.array, name: name, offset: forest[run[0]].offset)
    for element in run { add(&self, element, NameTable.unnamed, &forest) }
    forest.close(array)
  }

  /// `id` and `url` are attributes in XML and members in JSON; those of other namespaces,
  /// `xsi:schemaLocation`, say nothing of the resource.
  private func addAttribute(_ attribute: NodeID, _ local: String, _ forest: inout Forest) {
    let record = forest[attribute]
    guard local.count > 1, forest.namespaceURI(record.name).isEmpty else { return }
    let name = forest.intern(String(local.dropFirst()))
    forest.leaf(.string, name: name, text: record.text, offset: record.offset)
  }

  private mutating func add(
    element: NodeID, as name: NameID, _ field: FHIRModel.Field?, _ forest: inout Forest
  ) {
    if let resource = wrapped(element, forest) { return add(resource: resource, as: name, &forest) }
    if forest.namespaceURI(forest[element].name) != FHIRXML.namespace {
      let markup = forest.append(Markup.standalone(at: Int(forest[element].offset), of: bytes))
      return forest.leaf(.string, name: name, text: markup, offset: forest[element].offset)
    }
    let object = forest.open(.object, name: name, offset: forest[element].offset)
    if case .object(let type)? = field?.content {
      addMembers(of: element, type, &forest)
    } else {
      addMembers(of: element, nil, &forest)
    }
    forest.close(object)
  }

  /// A resource in an element of its own: its name begins with a capital letter.
  private func wrapped(_ element: NodeID, _ forest: borrowing Forest) -> NodeID? {
    guard forest[element].kind == .object else { return nil }
    return forest.children(element).first { localName($0, forest).first?.isUppercase ?? false }
  }
}

// MARK: Primitives

extension FHIRXMLConversion {
  /// What an element with a `value`, or with nothing but an id and extensions, has.
  private struct Primitive {
    let value: NodeID?
    let hasElements: Bool
  }

  /// `nil` for an element that is no primitive.
  private func primitive(
    _ element: NodeID, _ field: FHIRModel.Field?, _ forest: borrowing Forest
  ) -> Primitive? {
    if let content = field?.content, case .value = content {
    } else if field != nil {
      return nil
    }
    guard forest[element].kind == .object, wrapped(element, forest) == nil else { return nil }
    let children = forest.children(element)
    let value = children.first { forest[$0].name == self.value }
    let others = children.filter { $0 != value }
    let isPlain = others.allSatisfy { localName($0, forest) == "extension" || localName($0, forest) == "$id" }
    guard value != nil || isPlain && !others.isEmpty else { return nil }
    return Primitive(value: value, hasElements: !others.isEmpty)
  }

  private func add(value element: NodeID, as name: NameID, _ field: FHIRModel.Field?, _ forest: inout Forest)
  {
    guard let record = primitive(element, field, forest)?.value.map({ forest[$0] }) else {
      return forest.leaf(.null, name: name, text: .empty, offset: forest[element].offset)
    }
    let kind = kind(of: record.text, field, forest)
    forest.leaf(kind, name: name, text: record.text, offset: record.offset)
  }

  /// What a value is in JSON; a text where it is written as no number or truth value is.
  private func kind(of text: TextRange, _ field: FHIRModel.Field?, _ forest: borrowing Forest) -> NodeKind {
    guard case .value(let kind)? = field?.content, kind != .string else { return .string }
    let isWritten = forest.text.withElements { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[text.indices])
      guard kind == .number else {
        return text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8)
      }
      return JSONParser.isNumber(text)
    }
    return isWritten ? kind : .string
  }

  /// The id and extensions of a primitive; null for one that has none.
  private mutating func add(
    elementsOf element: NodeID, as name: NameID, _ field: FHIRModel.Field?, _ forest: inout Forest
  ) {
    guard primitive(element, field, forest)?.hasElements == true else {
      return forest.leaf(.null, name: name, text: .empty, offset: forest[element].offset)
    }
    let object = forest.open(.object, name: name, offset: forest[element].offset)
    let others = forest.children(element).filter { forest[$0].name != value }
    add(members: others, nil, &forest)
    forest.close(object)
  }
}
