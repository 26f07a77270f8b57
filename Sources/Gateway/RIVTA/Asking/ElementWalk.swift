import Documents

// Documents by the names of their elements, whatever namespaces these are in.
extension Forest {
  /// The children of that name; arrays are opened.
  func elements(_ node: NodeID, called name: String) -> [NodeID] {
    guard self[node].kind == .object else { return [] }
    var found: [NodeID] = []
    let end = self[node].end
    var child = node + 1
    while child < end {
      if isLocalName(self[child].name, name) {
        if self[child].kind == .array { found += children(child) } else { found.append(child) }
      }
      child = self[child].end
    }
    return found
  }

  /// The texts at a path of names.
  func texts(_ node: NodeID, at path: some Collection<String>) -> [String] {
    guard let name = path.first else {
      if self[node].kind == .object { return texts(node, at: CollectionOfOne("$")) }
      let text = string(node)
      return text.isEmpty ? [] : [text]
    }
    let found = elements(node, called: name)
    if found.count == 1 { return texts(found[0], at: path.dropFirst()) }
    return found.flatMap { texts($0, at: path.dropFirst()) }
  }

  /// The first text at a path of names; empty without one.
  func text(_ node: NodeID, at path: some Collection<String>) -> String { texts(node, at: path).first ?? "" }

  /// A copy of a document in which these elements stand, in this order, where all of a name stood.
  mutating func keeping(_ kept: [NodeID], called name: String, of root: NodeID) -> NodeID {
    guard self[root].kind == .object else { return root }
    let bytes = Array(name.utf8)
    let all = children(root)
    let copy = open(.object, name: self[root].name, offset: self[root].offset)
    var isDone = false
    for child in all {
      let childName = self[child].name
      guard localName(childName) == bytes else {
        self.copy(child, name: childName)
        continue
      }
      if !isDone { for node in kept { self.copy(node, name: childName) } }
      isDone = true
    }
    close(copy)
    return copy
  }
}

extension NameTable {
  /// For documents all of whose names are looked for by their texts.
  static let empty = NameTableBuilder().build()
}
