/// A growable run of plain values, without reference counts, copies or exclusivity checks.
///
/// Documents live in arenas because they are on the path of every message. The pointer never leaves the type;
/// indexes are checked in debug builds.
@frozen
public struct Arena<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  /// How many elements are in use.
  public private(set) var count: Int

  /// An empty arena with room for `capacity` elements.
  public init(capacity: Int) {
    self.capacity = max(16, capacity)
    base = .allocate(capacity: self.capacity)
    count = 0
  }

  deinit { base.deallocate() }

  /// The element at an index below ``count``.
  @inlinable public subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  /// Adds one element.
  @inlinable @inline(__always) public mutating func append(_ element: Element) {
    if count == capacity { grow(by: 1) }
    base[count] = element
    setCount(count + 1)
  }

  /// Adds elements from elsewhere.
  @inlinable public mutating func append(_ elements: UnsafeBufferPointer<Element>) {
    guard let source = elements.baseAddress else { return }
    reserve(elements.count)
    (base + count).initialize(from: source, count: elements.count)
    setCount(count + elements.count)
  }

  /// Adds a copy of a range of this arena's own elements.
  @inlinable public mutating func append(copyOf range: Range<Int>) {
    assert(range.upperBound <= count)
    reserve(range.count)
    (base + count).initialize(from: base + range.lowerBound, count: range.count)
    setCount(count + range.count)
  }

  /// Adds `n` copies of a value.
  @inlinable public mutating func append(repeating element: Element, count n: Int) {
    reserve(n)
    (base + count).initialize(repeating: element, count: n)
    setCount(count + n)
  }

  /// Forgets everything from an index on.
  @inlinable @inline(__always) public mutating func truncate(to newCount: Int) {
    assert(newCount <= count)
    setCount(newCount)
  }

  /// Forgets everything; storage beyond `kept` elements is given back, so that one large message is not
  /// remembered for ever.
  public mutating func removeAll(keeping kept: Int) {
    count = 0
    shrink(to: kept)
  }

  /// Gives back storage beyond `kept` elements, and beyond what is in use.
  public mutating func shrink(to kept: Int) {
    guard capacity > max(kept, count) else { return }
    move(to: max(kept, count))
  }

  /// Lends the elements for reading.
  @inlinable @inline(__always)
  public func withElements<R, E: Error>(_ body: (UnsafeBufferPointer<Element>) throws(E) -> R) throws(E) -> R
  {
    try body(UnsafeBufferPointer(start: base, count: count))
  }

  /// Makes room for `n` more elements.
  @inlinable @inline(__always) public mutating func reserve(_ n: Int) {
    if count + n > capacity { grow(by: n) }
  }

  @usableFromInline @inline(__always) mutating func setCount(_ newCount: Int) { count = newCount }

  @usableFromInline @inline(never) mutating func grow(by n: Int) {
    move(to: max(capacity * 2, count + n))
  }

  private mutating func move(to newCapacity: Int) {
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
    moved.moveInitialize(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = newCapacity
  }
}
