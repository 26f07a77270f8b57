/// A fixed run of plain values that plans are made of: reading one costs a load, no reference count, no copy.
///
/// Whoever makes it owns it and calls ``deallocate()`` in its `deinit`; it is never changed, hence safe to share.
struct Table<Element: BitwiseCopyable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: max(1, elements.count))
    base.initialize(from: elements, count: elements.count)
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    assert(index >= 0 && index < count)
    return base[index]
  }

  /// Lends the elements of a range.
  @inline(__always)
  func slice(_ range: TableRange) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base + Int(range.start), count: Int(range.count))
  }

  func deallocate() { base.deallocate() }
}

/// A range of a ``Table``.
struct TableRange: BitwiseCopyable, Sendable, Hashable {
  var start: Int32
  var count: Int32

  static var none: TableRange { TableRange(start: 0, count: 0) }

  var indices: Range<Int> { Int(start)..<Int(start + count) }
}

/// Collects constant texts into one run of bytes, each once.
struct ConstantBuilder {
  private(set) var bytes: [UInt8] = []
  private var known: [String: TableRange] = [:]

  mutating func add(_ text: String) -> TableRange {
    if let range = known[text] { return range }
    let range = TableRange(start: Int32(bytes.count), count: Int32(text.utf8.count))
    bytes += text.utf8
    known[text] = range
    return range
  }
}
