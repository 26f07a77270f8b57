/// A unit of UCUM as what it measures and how much of it.
///
/// UCUM is The Unified Code for Units of Measure, version 2.2 (https://ucum.org), of which the case-sensitive
/// codes are read. Equal units measure the same; their codes may differ, as `L` and `dm3`.
struct Unit: Sendable, Equatable {
  /// Exponents of the base units m, s, g, rad, K, C, cd, and of arbitrary units.
  let dimension: Dimension
  /// How many of the base units it is.
  let factor: UnitFactor
  /// Where its zero lies.
  let scale: UnitScale

  /// The number one.
  static let one = Unit(dimension: .none, factor: .one)

  init(dimension: Dimension, factor: UnitFactor, scale: UnitScale = .ratio) {
    self.dimension = dimension
    self.factor = factor
    self.scale = scale
  }

  /// Reads a code such as `mg`, `mm[Hg]`, `10*3/uL`, `{beats}/min` or `1`; `nil` when it is none.
  init?(ucum code: String) {
    guard let unit = UnitExpression(code)?.unit(in: .ucum) else { return nil }
    self = unit
  }
}
