import Documents

/// One element of a collection.
@frozen
public enum Item: BitwiseCopyable, Sendable, Equatable {
  /// A node of the forest, and what its shape says that it is.
  case node(NodeID, FormulaType)
  /// A text of the forest that is a value of a type: a string, decimal, date, dateTime or time.
  case text(TextRange, SystemType)
  /// A truth value.
  case boolean(Bool)
  /// A whole number.
  case integer(Int64)
}

extension Forest {
  /// The written form of an item, ready to be a leaf's text; an object's is empty.
  public mutating func written(_ item: Item) -> TextRange {
    switch item {
    case .node(let node, _): self[node].text
    case .text(let text, _): text
    case .boolean(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    }
  }
}
