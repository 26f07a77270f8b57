import Documents

// Documents by the names of their elements, whatever namespaces these are in.
extension Forest {
  /// The children of that name; arrays are opened.
  func elements(_ node: NodeID, called name: String) -> [NodeID] {
    guard self[node].kind == .object else { return [] }
    let bytes = Array(name.utf8)
    return children(node).filter { localName(self[$0].name) == bytes }
      .flatMap { self[$0].kind == .array ? children($0) : [$0] }
  }

  /// The texts at a path of names.
  func texts(_ node: NodeID, at path: some Collection<String>) -> [String] {
    guard let name = path.first else {
      if self[node].kind == .object { return texts(node, at: ["$"]) }
      let text = string(node)
      return text.isEmpty ? [] : [text]
    }
    return elements(node, called: name).flatMap { texts($0, at: path.dropFirst()) }
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
