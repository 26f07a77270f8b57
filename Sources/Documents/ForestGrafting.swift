extension Forest {
  /// Adds a copy of a tree of another forest with the same names, its texts too, and returns its root.
  ///
  /// It is what a reader would give of the tree written as JSON, but for offsets: names have no namespaces, and objects
  /// and arrays no text.
  public mutating func graft(_ tree: NodeID, of other: borrowing Forest) -> NodeID {
    assert(names === other.names)
    let root = next
    let shift = root - tree
    for id in tree..<other[tree].end {
      var node = other[id]
      node.end += shift
      node.name = plainName(node.name, of: other)
      node.text = node.kind == .object || node.kind == .array ? .empty : text(node.text, of: other)
      nodes.append(node)
    }
    return root
  }

  @inline(__always)
  private mutating func text(_ range: TextRange, of other: borrowing Forest) -> TextRange {
    guard range.length > 0 else { return .empty }
    let start = text.count
    other.text.withElements { text.append(UnsafeBufferPointer(rebasing: $0[range.indices])) }
    return TextRange(start: start, length: Int(range.length))
  }

  @inline(__always)
  private mutating func plainName(_ name: NameID, of other: borrowing Forest) -> NameID {
    if !other.isForeign(name), names.namespace(name) == 0 { return name }
    return other.localName(name).withUnsafeBufferPointer { intern($0) }
  }
}
