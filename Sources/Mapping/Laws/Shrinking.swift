import Documents

/// A sample with parts taken away, to find the smallest one that still shows a mistake.
struct ShrunkSample {
  /// Nodes that are left out, with all below them.
  var removed: Set<NodeID> = []
  /// Values that are replaced.
  var replaced: [NodeID: String] = [:]

  /// Adds what is left of a sample to another forest and returns its root.
  func pour(_ root: NodeID, of sample: borrowing Forest, into forest: inout Forest) -> NodeID {
    let start = forest.next
    add(root, of: sample, into: &forest)
    return start
  }

  private func add(_ node: NodeID, of sample: borrowing Forest, into forest: inout Forest) {
    let record = sample[node]
    let name = Self.name(record.name, of: sample, in: &forest)
    guard record.kind == .object || record.kind == .array else {
      let text = forest.append(replaced[node] ?? sample.string(record.text))
      return forest.leaf(record.kind, name: name, text: text, offset: 0)
    }
    let copy = forest.open(record.kind, name: name, offset: 0)
    for child in sample.children(node) where !removed.contains(child) {
      add(child, of: sample, into: &forest)
    }
    forest.close(copy)
  }

  private static func name(_ name: NameID, of sample: borrowing Forest, in forest: inout Forest) -> NameID {
    guard sample.isForeign(name) else { return name }
    return Array(sample.localName(name)).withUnsafeBufferPointer { forest.intern($0) }
  }
}

extension ShrunkSample {
  /// The smallest sample found by taking away one part after the other for which a question stays answered by yes.
  static func smallest(
    of root: NodeID, in sample: borrowing Forest, _ stillFails: (ShrunkSample) -> Bool
  ) -> ShrunkSample {
    var best = ShrunkSample()
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      var node = root + 1
      while node < sample[root].end {
        var smaller = best
        smaller.removed.insert(node)
        let isGone = !best.removed.contains(node) && stillFails(smaller)
        if isGone { (best, isSmaller) = (smaller, true) }
        node = best.removed.contains(node) ? sample[node].end : node + 1
      }
    }
    best.simplify(root, in: sample, stillFails)
    return best
  }

  private mutating func simplify(
    _ root: NodeID, in sample: borrowing Forest, _ stillFails: (ShrunkSample) -> Bool
  ) {
    var node = root + 1
    while node < sample[root].end {
      let isValue = sample[node].kind != .object && sample[node].kind != .array
      for plain in ["x", "1"] where isValue && replaced[node] == nil && sample[node].text.length > 1 {
        var simpler = self
        simpler.replaced[node] = plain
        if stillFails(simpler) { self = simpler }
      }
      node = removed.contains(node) ? sample[node].end : node + 1
    }
  }
}
