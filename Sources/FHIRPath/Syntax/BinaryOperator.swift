/// An operator between two expressions, section 6 of the specification.
public enum BinaryOperator: String, BitwiseCopyable, Sendable, CaseIterable {
  /// Product, quotient, whole quotient and remainder.
  case multiply = "*"
  case divide = "/"
  case div, mod
  /// Sum, difference, and strings put together.
  case add = "+"
  case subtract = "-"
  case concatenate = "&"
  /// The items of both without duplicates.
  case union = "|"
  /// Order.
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// Equality and equivalence.
  case equal = "="
  case notEqual = "!="
  case equivalent = "~"
  case notEquivalent = "!~"
  /// Membership.
  case `in`, contains
  /// Logic of three values.
  case and, or, xor, implies
}

extension BinaryOperator {
  /// The precedence of `is` and `as`, between those of `+` and `|`.
  static let precedenceOfTypes = 8

  /// How tightly it binds, section 6.8 of the specification; all associate to the left.
  var precedence: Int {
    switch self {
    case .multiply, .divide, .div, .mod: 10
    case .add, .subtract, .concatenate: 9
    case .union: 7
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 6
    case .equal, .notEqual, .equivalent, .notEquivalent: 5
    case .in, .contains: 4
    case .and: 3
    case .or, .xor: 2
    case .implies: 1
    }
  }
}
