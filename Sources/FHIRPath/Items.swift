/// A collection as the specification has it: ordered, and one item alone is a collection too.
///
/// (Not named `Collection`, which would hide the standard library's.)
@frozen
public enum Items: Sendable, Equatable {
  /// No item.
  case empty
  /// One item.
  case one(Item)
  /// Two items or more.
  case many([Item])
}

extension Items {
  /// The items of an array.
  @inlinable public init(_ items: some Sequence<Item>) {
    self = .empty
    for item in items { append(item) }
  }

  /// How many items there are.
  @inlinable public var count: Int {
    switch self {
    case .empty: 0
    case .one: 1
    case .many(let items): items.count
    }
  }

  /// The item at an index below ``count``.
  @inlinable public subscript(index: Int) -> Item {
    switch self {
    case .empty: preconditionFailure("an empty collection has no item")
    case .one(let item): item
    case .many(let items): items[index]
    }
  }

  /// The first item, or `nil`.
  @inlinable public var first: Item? { count == 0 ? nil : self[0] }

  /// Adds an item at the end.
  @inlinable public mutating func append(_ item: Item) {
    switch self {
    case .empty: self = .one(item)
    case .one(let first): self = .many([first, item])
    case .many(var items):
      self = .empty
      items.append(item)
      self = .many(items)
    }
  }

  /// Adds another collection's items at the end.
  @inlinable public mutating func append(_ others: Items) {
    if case .empty = self {
      self = others
    } else {
      for index in 0..<others.count { append(others[index]) }
    }
  }

  /// The items at some indexes, those beyond the ends left out.
  func slice(_ range: Range<Int>) -> Items {
    let range = range.clamped(to: 0..<count)
    if range.count == count { return self }
    var items = Items.empty
    for index in range { items.append(self[index]) }
    return items
  }

  static func boolean(_ value: Bool?) -> Items {
    guard let value else { return .empty }
    return .one(.boolean(value))
  }
}
