/// The place of a text in a forest's bytes.
@frozen
public struct TextRange: BitwiseCopyable, Sendable, Equatable {
  /// Index of the first byte.
  public var start: UInt32
  /// Number of bytes (UTF-8).
  public var length: UInt32

  /// A range of the forest's bytes.
  @inlinable public init(start: Int, length: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.length = UInt32(truncatingIfNeeded: length)
  }

  /// The text of no bytes.
  @inlinable public static var empty: TextRange { TextRange(start: 0, length: 0) }

  /// The range as array indexes.
  @inlinable public var indices: Range<Int> { Int(start)..<Int(start) + Int(length) }

  /// The last so many bytes of it, all of them when it has no more.
  @inlinable public func suffix(_ count: Int) -> TextRange {
    let left = Swift.min(count, Int(length))
    return TextRange(start: Int(start) + Int(length) - left, length: left)
  }
}

/// The number of a name in a ``NameTable``, or of a name that only one document has.
public typealias NameID = Int32

/// The number of a node in a ``Forest``.
public typealias NodeID = Int32

/// What a node is. XML elements are objects when they have attributes or children, else strings.
@frozen
public enum NodeKind: UInt8, BitwiseCopyable, Sendable {
  /// Has named children.
  case object
  /// Has unnamed children; JSON only, XML repeats elements instead.
  case array
  /// A text.
  case string
  /// A JSON number, its digits kept as written.
  case number
  /// `true` or `false`.
  case boolean
  /// JSON `null`.
  case null
}

/// One node of a tree. Nodes lie in preorder: the children follow their parent.
@frozen
public struct Node: BitwiseCopyable, Sendable {
  /// The member's or element's name; ``NameTable/unnamed`` for array elements and roots.
  public var name: NameID
  /// The first node behind this one's subtree.
  public var end: NodeID
  /// The value of a string, number or boolean.
  public var text: TextRange
  /// Where it came from: bytes from the start of the message.
  public var offset: UInt32
  /// What it is.
  public var kind: NodeKind

  @inlinable
  init(name: NameID, end: NodeID, text: TextRange, offset: UInt32, kind: NodeKind) {
    self.name = name
    self.end = end
    self.text = text
    self.offset = offset
    self.kind = kind
  }
}
