/// Trees that share their storage: a message as it was read, the hub resources made from it, and what is
/// written.
///
/// Values are ranges of ``text``, so carrying one from tree to tree copies eight bytes. Every node knows the
/// offset in
/// the message that it came from, also when a mapping made it.
public struct Forest: ~Copyable {
  /// The names shared by all forests of one set of shapes.
  public let names: NameTable
  @usableFromInline let nameCount: NameID
  /// All nodes, each tree in preorder.
  public var nodes: Arena<Node>
  /// All text, UTF-8.
  public var text: Arena<UInt8>
  var foreign = ForeignNames()

  /// An empty forest, reserving for messages of about `bytes` bytes.
  public init(names: NameTable, reserving bytes: Int = 4096) {
    self.names = names
    nameCount = NameID(names.count)
    nodes = Arena(capacity: bytes / 8)
    text = Arena(capacity: bytes * 4)
  }

  /// Forgets all trees and keeps the storage of a message of usual size.
  /// - Parameter length: how much of the text stays, from its beginning.
  public mutating func removeAll(keepingText length: Int = 0) {
    nodes.removeAll(keeping: 1 << 18)
    text.truncate(to: length)
    text.shrink(to: 1 << 22)
    foreign.removeAll()
  }

  /// The number that the next node will get.
  @inlinable public var next: NodeID { NodeID(truncatingIfNeeded: nodes.count) }

  /// The node's record.
  @inlinable public subscript(node: NodeID) -> Node {
    @inline(__always) get { nodes[Int(node)] }
    @inline(__always) set { nodes[Int(node)] = newValue }
  }
}

// MARK: Building

extension Forest {
  /// Starts an object or array; ``close(_:)`` ends it. Nodes added in between are its children.
  @inlinable @inline(__always)
  public mutating func open(_ kind: NodeKind, name: NameID, offset: UInt32) -> NodeID {
    let id = next
    nodes.append(Node(name: name, end: id + 1, text: .empty, offset: offset, kind: kind))
    return id
  }

  /// Ends what ``open(_:name:offset:)`` started.
  @inlinable @inline(__always)
  public mutating func close(_ node: NodeID) {
    nodes[Int(node)].end = next
  }

  /// Adds a value.
  @inlinable @inline(__always)
  public mutating func leaf(_ kind: NodeKind, name: NameID, text: TextRange, offset: UInt32) {
    nodes.append(Node(name: name, end: next + 1, text: text, offset: offset, kind: kind))
  }

  /// Takes back every node from this one on.
  @inlinable public mutating func truncate(to node: NodeID) { nodes.truncate(to: Int(node)) }

  /// Adds a copy of a subtree under another name; values are shared, not copied.
  public mutating func copy(_ node: NodeID, name: NameID) {
    let end = self[node].end
    let shift = next - node
    nodes.append(copyOf: Int(node)..<Int(end))
    for id in (node + shift)..<(end + shift) { self[id].end += shift }
    self[node + shift].name = name
  }

  /// Adds text and tells where it lies.
  public mutating func append(_ bytes: some Collection<UInt8>) -> TextRange {
    let start = text.count
    text.reserve(bytes.count)
    for byte in bytes { text.append(byte) }
    return TextRange(start: start, length: bytes.count)
  }

  /// Adds a string's UTF-8 and tells where it lies.
  @inlinable public mutating func append(_ string: String) -> TextRange {
    var string = string
    return string.withUTF8 { utf8 in
      let start = text.count
      text.append(utf8)
      return TextRange(start: start, length: utf8.count)
    }
  }
}

// MARK: Reading

extension Forest {
  /// The value of a node as a string.
  public func string(_ node: NodeID) -> String { string(self[node].text) }

  /// A range of the text as a string.
  public func string(_ range: TextRange) -> String {
    text.withElements { String(decoding: $0[range.indices], as: UTF8.self) }
  }

  /// The first child with a name, or `nil`.
  public func child(_ node: NodeID, named name: NameID) -> NodeID? {
    guard self[node].kind == .object else { return nil }
    let end = self[node].end
    var child = node + 1
    while child < end {
      if self[child].name == name { return child }
      child = self[child].end
    }
    return nil
  }

  /// The children of a node in order.
  public func children(_ node: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    let end = self[node].end
    var child = node + 1
    while child < end {
      found.append(child)
      child = self[child].end
    }
    return found
  }

  /// Whether two texts have the same bytes.
  @inlinable public func equal(_ a: TextRange, _ b: TextRange) -> Bool {
    guard a.length == b.length else { return false }
    if a.start == b.start { return true }
    return text.withElements { bytes in
      ByteRuns.same(
        UnsafeBufferPointer(rebasing: bytes[a.indices]), UnsafeBufferPointer(rebasing: bytes[b.indices]))
    }
  }

  /// Whether two subtrees are the same: names, kinds, values and order; places do not count.
  public func same(_ a: NodeID, _ b: NodeID) -> Bool {
    let size = self[a].end - a
    guard self[b].end - b == size else { return false }
    for i in 0..<size {
      let (left, right) = (self[a + i], self[b + i])
      guard left.kind == right.kind, left.end - a == right.end - b, equal(left.text, right.text),
        i == 0 || left.name == right.name
      else { return false }
    }
    return true
  }
}
