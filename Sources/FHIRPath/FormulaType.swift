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
  /// A number with a unit.
  case quantity

  /// Its name in formulas: `DateTime`.
  var nameInFormulas: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// The type of a name in formulas.
  init?(nameInFormulas name: String) {
    guard let type = Self.allCases.first(where: { $0.nameInFormulas == name }) else { return nil }
    self = type
  }
}

/// What a formula or a part of it gives.
@frozen
public enum FormulaType: BitwiseCopyable, Sendable, Hashable {
  /// A value of FHIRPath's own.
  case value(SystemType)
  /// A value of a type that the model names, such as FHIR's `code`, and what it is to operators.
  case primitive(SystemType, Int32)
  /// An element with members; what the number means is the scope's and the model's affair.
  case object(Int32)
  /// What `type()` gives.
  case typeInfo
  /// Known only when a message is there.
  case unknown
}

extension SystemType {
  var isNumber: Bool { self == .integer || self == .decimal }
  var isCalendar: Bool { self == .date || self == .dateTime || self == .time }

  /// Whether values of the two types can be compared: a number with a number, a date with a date.
  func isComparable(with other: SystemType) -> Bool {
    self == other || (isMeasure && other.isMeasure)
      || (self != .time && other != .time && isCalendar && other.isCalendar)
  }

  /// Numbers become quantities without a unit where quantities are (section 5.5).
  var isMeasure: Bool { isNumber || self == .quantity }
}

extension FormulaType {
  /// What it is to operators, when it is known to be a value.
  public var system: SystemType? {
    switch self {
    case .value(let type), .primitive(let type, _): type
    case .object, .typeInfo, .unknown: nil
    }
  }

  /// The type of something that may be of the one or the other type; `nil` when they exclude each other.
  func joined(with other: FormulaType) -> FormulaType? {
    if self == other { return self }
    if self == .unknown || other == .unknown { return .unknown }
    guard let a = system, let b = other.system else {
      if case .object = self, case .object = other { return .unknown }
      return nil
    }
    if a == b { return .value(a) }
    if a.isNumber && b.isNumber { return .value(.decimal) }
    if a.isMeasure && b.isMeasure { return .unknown }
    return a.isComparable(with: b) ? .value(.dateTime) : nil
  }
}
