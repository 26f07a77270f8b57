// Values in one unit compared with and told in another.
extension Unit {
  /// How `a` of one unit stands to `b` of another; `nil` when the units measure different things.
  ///
  /// Exact unless numbers grow beyond `Int128`; then values within ``UnitFactor/tolerance`` are the same.
  static func order(_ a: ExactDecimal, _ unitA: Unit, _ b: ExactDecimal, _ unitB: Unit) -> Order? {
    if unitA == unitB { return a.order(to: b) }
    return unitA.amount(a, in: unitB).map { UnitFactor.order($0, UnitFactor(b)) }
  }

  /// The value in another unit; `nil` when that measures something else, or when the result doesn't fit.
  ///
  /// Exact when the result has at most ``UnitFactor/digitLimit`` digits, else rounded to
  /// ``UnitFactor/roundedDigits`` of them.
  func convert(_ value: ExactDecimal, to other: Unit) -> ExactDecimal? {
    self == other ? value : amount(value, in: other)?.decimal
  }

  private func amount(_ value: ExactDecimal, in other: Unit) -> UnitFactor? {
    guard dimension == other.dimension else { return nil }
    let scaled = UnitFactor(value) * (factor / other.factor)
    return scale == other.scale ? scaled : scaled + (scale.zero - other.scale.zero) / other.factor
  }
}
