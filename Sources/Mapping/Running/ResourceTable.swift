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
  /// For each link of the mapping: first resource that refers to a resource, and the next one after a
  /// resource.
  var linkHeads = Arena<Int32>(capacity: 32)
  var linkNexts = Arena<Int32>(capacity: 32)

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
    let count = resources.count
    resources.linkHeads.truncate(to: 0)
    resources.linkNexts.truncate(to: 0)
    resources.linkHeads.append(repeating: -1, count: count * links.count)
    resources.linkNexts.append(repeating: -1, count: count * links.count)
    for (number, link) in links.enumerated() {
      for ordinal in stride(from: count - 1, through: 0, by: -1)
      where resources.types[ordinal] == Int32(link.type) {
        guard let reference = node(at: link.path, below: resources.nodes[ordinal]) else { continue }
        let target = resource(of: reference)
        guard target >= 0 else { continue }
        let head = number * count + Int(target)
        resources.linkNexts[number * count + ordinal] = resources.linkHeads[head]
        resources.linkHeads[head] = Int32(truncatingIfNeeded: ordinal)
      }
    }
  }

  private mutating func node(at path: [NameID], below root: NodeID) -> NodeID? {
    var current = root
    for name in path {
      guard let child = forest.child(current, named: name) else { return nil }
      current = forest[child].kind == .array && forest[child].end > child + 1 ? child + 1 : child
    }
    return current
  }
}
