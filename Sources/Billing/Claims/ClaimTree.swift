import Documents

/// A claim's elements by their local names, over a tree that was read or is about to be written.
struct ClaimTree {
  /// An element; it knows its ancestors, nearest last.
  struct Element {
    let node: NodeID
    let name: String
    let text: String
    let children: [Element]

    /// The children with a name.
    func all(_ name: String) -> [Element] { children.filter { $0.name == name } }

    /// The first child with a name.
    subscript(name: String) -> Element? { children.first { $0.name == name } }

    /// What stands at the end of a way through first children.
    func at(_ path: String...) -> Element? {
      path.reduce(Optional(self)) { element, name in element?[name] }
    }

    /// This element and all below it.
    func descend(_ visit: (Element) -> Void) {
      visit(self)
      for child in children { child.descend(visit) }
    }
  }

  private var names: [String?] = []

  /// The element of a node with all below it.
  mutating func element(_ node: NodeID, _ forest: borrowing Forest) -> Element {
    var children: [Element] = []
    var child = node + 1
    while child < forest[node].end {
      let name = name(forest[child].name, forest)
      if !name.hasPrefix("$") { children.append(element(child, forest)) }
      child = forest[child].end
    }
    let text = forest[node].text.length > 0 ? forest.string(node) : ""
    return Element(node: node, name: name(forest[node].name, forest), text: text, children: children)
  }

  private mutating func name(_ id: NameID, _ forest: borrowing Forest) -> String {
    let index = Int(id)
    if index < names.count, let known = names[index] { return known }
    let name = String(decoding: forest.localName(id), as: UTF8.self)
    if index >= names.count { names += [String?](repeating: nil, count: index + 1 - names.count) }
    names[index] = name
    return name
  }
}
