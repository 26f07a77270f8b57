/// A type of FHIRPath's own, section 4.1 of the specification.
@frozen
public enum SystemType: String, BitwiseCopyable, Sendable, CaseIterable {
  /// `true` or `false`.
  case boolean
  /// Text.
  case string
  /// A whole number of 64 bits.
  case integer
  /// An exact decimal number.
  case decimal
  /// A date, possibly without day or month.
  case date
  /// A date with a time, both possibly partial.
  case dateTime
  /// A time of day.
  case time
}

/// What a formula or a part of it gives.
@frozen
public enum FormulaType: BitwiseCopyable, Sendable, Equatable {
  /// A value.
  case value(SystemType)
  /// An element with members; what the number means is the scope's affair.
  case object(Int32)
  /// Known only when a message is there.
  case unknown
}

extension SystemType {
  var isNumber: Bool { self == .integer || self == .decimal }
  var isCalendar: Bool { self == .date || self == .dateTime || self == .time }

  /// Whether values of the two types can be compared: a number with a number, a date with a date.
  func isComparable(with other: SystemType) -> Bool {
    self == other || (isNumber && other.isNumber)
      || (self != .time && other != .time && isCalendar && other.isCalendar)
  }
}

extension FormulaType {
  /// The system type, when it is known to be one.
  public var system: SystemType? {
    if case .value(let type) = self { type } else { nil }
  }

  /// The type of something that may be of the one or the other type; `nil` when they exclude each other.
  func joined(with other: FormulaType) -> FormulaType? {
    switch (self, other) {
    case (.value(let a), .value(let b)) where a == b: self
    case (.value(let a), .value(let b)) where a.isNumber && b.isNumber: .value(.decimal)
    case (.value(let a), .value(let b)): a.isComparable(with: b) ? .value(.dateTime) : nil
    case (.object(let a), .object(let b)): a == b ? self : .unknown
    case (.value, .object), (.object, .value): nil
    case (.unknown, _), (_, .unknown): .unknown
    }
  }
}
