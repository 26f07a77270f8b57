import Documents

/// The hub's resources of one message, in the order in which they were written.
struct ResourceTable: ~Copyable {
  /// Their nodes in the forest.
  var nodes = Arena<NodeID>(capacity: 32)
  /// Where the texts begin that references to them consist of; ascending.
  var starts = Arena<UInt32>(capacity: 32)
  /// Their types' numbers in the shape library.
  var types = Arena<Int32>(capacity: 32)
  /// By number in the mapping: the resource at hand, -1 when there is none.
  var current = Arena<Int32>(capacity: 32)
  /// How deep and where in the `each` blocks we are, for the ids.
  var occurrence = Arena<Int32>(capacity: 8)
  /// Which resources refer to which, by the links of the mapping.
  var links = LinkTable()

  var count: Int { nodes.count }

  mutating func removeAll() {
    nodes.truncate(to: 0)
    starts.truncate(to: 0)
    types.truncate(to: 0)
    occurrence.truncate(to: 0)
  }

  mutating func add(_ node: NodeID, type: Int32, reference: TextRange) -> Int32 {
    nodes.append(node)
    starts.append(reference.start)
    types.append(type)
    return Int32(truncatingIfNeeded: nodes.count - 1)
  }

  /// Forgets which resource is at hand for each of the mapping's names.
  mutating func resetCurrent(count: Int) {
    current.truncate(to: 0)
    current.append(repeating: -1, count: count)
  }
}

extension Workspace {
  /// The resource that a reference means. The text of a resource's own node is how references name it; they
  /// were
  /// written in order, so it is found by where its text lies.
  mutating func resource(of reference: NodeID) -> Int32 {
    let start = forest[reference].text.start
    var low = 0
    var high = resources.count
    while low < high {
      let middle = (low + high) / 2
      let own = resources.starts[middle]
      if own == start { return Int32(truncatingIfNeeded: middle) }
      if own < start { low = middle + 1 } else { high = middle }
    }
    return -1
  }

  /// Notes, for each way of finding resources by what they refer to, which refer to which.
  mutating func indexLinks(_ links: [MappingPlan.Link]) {
    resources.links.removeAll()
    for link in links {
      for ordinal in 0..<resources.count where resources.types[ordinal] == Int32(link.type) {
        note(
          referencesAt: link.path, from: 0, below: resources.nodes[ordinal],
          of: Int32(truncatingIfNeeded: ordinal))
      }
      resources.links.close(resources.count)
    }
  }

  /// A repetition on the path is followed in all of its elements.
  /// - Parameter depth: how much of the path is behind us.
  private mutating func note(
    referencesAt path: [NameID], from depth: Int, below node: NodeID, of ordinal: Int32
  ) {
    guard depth < path.count else {
      let target = resource(of: node)
      if target >= 0 { resources.links.add(ordinal, to: target) }
      return
    }
    guard let child = forest.child(node, named: path[depth]) else { return }
    guard forest[child].kind == .array else {
      return note(referencesAt: path, from: depth + 1, below: child, of: ordinal)
    }
    var element = child + 1
    while element < forest[child].end {
      note(referencesAt: path, from: depth + 1, below: element, of: ordinal)
      element = forest[element].end
    }
  }
}
