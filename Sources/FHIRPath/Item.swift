public import Documents

/// One element of a collection.
@frozen
public enum Item: BitwiseCopyable, Sendable, Equatable {
  /// A node of the forest, and what its shape says that it is.
  case node(NodeID, FormulaType)
  /// A primitive of FHIR's JSON with its id and extensions, which stand in a node of their own; the value's node is -1
  /// when there is none.
  case extended(value: NodeID, element: NodeID, FormulaType)
  /// A text of the forest that is a value of a type: a string, decimal, date, dateTime or time.
  case text(TextRange, SystemType)
  /// A truth value.
  case boolean(Bool)
  /// A whole number.
  case integer(Int64)
  /// A number, as text, with a unit.
  case quantity(TextRange, QuantityUnit)
  /// What `type()` gives.
  case type(FormulaType)
}

/// The unit of a quantity (section 4.1.8).
@frozen
public enum QuantityUnit: BitwiseCopyable, Sendable, Equatable {
  /// A code of UCUM, a text of the forest.
  case ucum(TextRange)
  /// A duration by the calendar.
  case calendar(CalendarUnit)
}

/// The durations that calendars know (section 4.1.8).
@frozen
public enum CalendarUnit: String, BitwiseCopyable, Sendable, CaseIterable {
  /// In the order of their length.
  case year, month, week, day, hour, minute, second, millisecond

  /// The unit of a keyword, singular or plural.
  init?(keyword: String) {
    guard let unit = Self.allCases.first(where: { keyword == $0.rawValue || keyword == $0.rawValue + "s" })
    else { return nil }
    self = unit
  }
}

extension Forest {
  /// Whether an item is `true`.
  public func isTrue(_ item: Item) -> Bool {
    switch item {
    case .boolean(let value): value
    case .node(let node, _): string(node) == "true"
    case .extended, .text, .integer, .quantity, .type: false
    }
  }

  /// The written form of an item, ready to be a leaf's text; an object's is empty.
  public mutating func written(_ item: Item) -> TextRange {
    switch item {
    case .node(let node, _): self[node].text
    case .extended(let value, _, _): value < 0 ? .empty : self[value].text
    case .text(let text, _): text
    case .boolean(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .quantity(let number, let unit): append("\(string(number)) \(written(unit, of: number))")
    case .type: .empty
    }
  }

  /// A unit as formulas write it: `'mg'`, `day`, `days`.
  private func written(_ unit: QuantityUnit, of number: TextRange) -> String {
    switch unit {
    case .ucum(let code): "'\(string(code))'"
    case .calendar(let unit): unit.rawValue + (["1", "1.0"].contains(string(number)) ? "" : "s")
    }
  }
}
