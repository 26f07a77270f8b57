/// A fixed run of plain values: reading one costs a load, no reference count, no copy.
///
/// Whoever makes it owns it and calls ``deallocate()`` in its `deinit`; it is never changed, hence safe to
/// share.
@frozen
public struct Table<Element: BitwiseCopyable>: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// How many elements there are.
  public let count: Int

  /// Copies the elements.
  public init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: max(1, elements.count))
    base.initialize(from: elements, count: elements.count)
  }

  /// The element at an index below ``count``.
  @inlinable @inline(__always)
  public subscript(index: Int) -> Element {
    assert(index >= 0 && index < count)
    return base[index]
  }

  /// The element at an index below ``count``, where it lies: its fields are loaded as they are asked for.
  @inlinable @inline(__always)
  public func entry(_ index: Int) -> TableEntry<Element> {
    assert(index >= 0 && index < count)
    return TableEntry(base + index)
  }

  /// Lends the elements of a range.
  @inlinable @inline(__always)
  public func slice(_ range: TableRange) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base + Int(range.start), count: Int(range.count))
  }

  /// Frees the elements; the last use.
  public func deallocate() { base.deallocate() }
}

/// An element of a ``Table`` in place, valid as long as the table.
@frozen @dynamicMemberLookup
public struct TableEntry<Element: BitwiseCopyable>: BitwiseCopyable {
  @usableFromInline let address: UnsafePointer<Element>

  @inlinable @inline(__always)
  init(_ address: UnsafePointer<Element>) { self.address = address }

  /// One of its fields.
  @inlinable
  public subscript<Value>(dynamicMember field: KeyPath<Element, Value>) -> Value {
    @inline(__always) get { address.pointee[keyPath: field] }
  }

}

/// A range of a ``Table``.
@frozen
public struct TableRange: BitwiseCopyable, Sendable, Hashable {
  /// The first index.
  public var start: Int32
  /// How many elements.
  public var count: Int32

  /// A range.
  @inlinable public init(start: Int32, count: Int32) {
    self.start = start
    self.count = count
  }

  /// No elements.
  @inlinable public static var none: TableRange { TableRange(start: 0, count: 0) }

  /// The range as indexes.
  @inlinable public var indices: Range<Int> { Int(start)..<Int(start + count) }
}
