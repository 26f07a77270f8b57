import Documents

// What FHIR R4 adds to FHIRPath: extensions, primitives with and without a value, references and codes.
extension Evaluation {
  mutating func addExtensions(
    _ url: TextRange, of item: Item, to found: inout Items, at step: StepID
  ) throws(FormulaFault) {
    guard let parent = object(of: item) else { return }
    let type = plan.model?.type(named: "Extension") ?? .unknown
    for element in elements("extension", of: parent) {
      try spend(1, at: step)
      if let own = child("url", of: element), forest.equal(forest[own].text, url) {
        found.append(.node(element, type))
      }
    }
  }

  private func child(_ name: String, of parent: NodeID) -> NodeID? {
    forest.names.find(name).flatMap { forest.child(parent, named: $0) }
  }

  /// What stands under a name: an array's elements, or all children of the name.
  private func elements(_ name: String, of parent: NodeID) -> [NodeID] {
    guard forest[parent].kind == .object, let first = child(name, of: parent) else { return [] }
    if forest[first].kind == .array { return forest.children(first) }
    return forest.children(parent).filter { forest[$0].name == forest[first].name }
  }

  /// The value of a primitive; `nil` for an object, and for a primitive without one.
  func primitiveValue(_ item: Item) -> Item? {
    switch value(item) {
    case .node, .extended, .type: nil
    case let value: value
    }
  }

  /// The codes of a code, Coding or CodeableConcept.
  func codes(of item: Item) -> [String] {
    guard let parent = object(of: item) else {
      guard case .text(let text, .string)? = primitiveValue(item) else { return [] }
      return [forest.string(text)]
    }
    let codings = elements("coding", of: parent)
    return (codings.isEmpty ? [parent] : codings).compactMap {
      child("code", of: $0).map { forest.string($0) }
    }
  }
}

// References within what is at hand (FHIR R4, 2.3.0.3).
extension Evaluation {
  /// The resource that a reference or a URL means; `nil` when it is not at hand.
  mutating func resource(of item: Item, at step: StepID) throws(FormulaFault) -> NodeID? {
    guard let reference = reference(of: item) else { return nil }
    let text = forest.string(reference)
    let resources = environment.resources.count
    for index in 0..<resources {
      let root = environment.resources[index]
      try spend(1 + Int(forest[root].end - root) / 16, at: step)
      if forest[root].text.length > 0, forest.equal(forest[root].text, reference) { return root }
      if let found = find(text, in: root) { return found }
    }
    return nil
  }

  private func reference(of item: Item) -> TextRange? {
    if let parent = object(of: item) { return child("reference", of: parent).map { forest[$0].text } }
    guard case .text(let text, .string)? = primitiveValue(item) else { return nil }
    return text
  }

  /// Among a resource, what it contains, and a Bundle's entries.
  private func find(_ reference: String, in root: NodeID) -> NodeID? {
    if reference.hasPrefix("#") { return contained(String(reference.dropFirst()), in: root) }
    if isNamed(root, reference) { return root }
    for entry in elements("entry", of: root) {
      guard let resource = child("resource", of: entry) else { continue }
      if let url = child("fullUrl", of: entry), forest.string(url) == reference { return resource }
      if isNamed(resource, reference) { return resource }
    }
    return nil
  }

  private func contained(_ id: String, in root: NodeID) -> NodeID? {
    for resource in elements("contained", of: root) {
      if let own = child("id", of: resource), forest.string(own) == id { return resource }
    }
    for entry in elements("entry", of: root) {
      if let resource = child("resource", of: entry), let found = contained(id, in: resource) { return found }
    }
    return nil
  }

  /// Whether a resource is `Type/id`.
  private func isNamed(_ node: NodeID, _ reference: String) -> Bool {
    guard forest[node].kind == .object, let type = child("resourceType", of: node),
      let id = child("id", of: node)
    else { return false }
    return reference == forest.string(type) + "/" + forest.string(id)
  }
}
