/// What a unit measures: the exponents of the base units (UCUM section 4.2) by their codes.
///
/// An arbitrary unit such as `[IU]` (section 3.2) measures what no other does, so its code stands among them.
struct Dimension: Sendable, Equatable {
  /// Without those that are zero.
  private(set) var exponents: [String: Int8] = [:]

  /// The dimension of a number.
  static let none = Dimension()

  private init() {}

  /// The dimension that the unit with this code is the measure of.
  init(of code: String) { exponents = [code: 1] }

  /// The dimension of a product with a power of something of another dimension; `nil` when an exponent
  /// doesn't fit.
  func times(_ other: Dimension, toThe power: Int = 1) -> Dimension? {
    var result = self
    for (code, exponent) in other.exponents {
      let sum = Int(exponents[code] ?? 0) + Int(exponent) * power
      guard let fitting = Int8(exactly: sum) else { return nil }
      result.exponents[code] = fitting == 0 ? nil : fitting
    }
    return result
  }
}
