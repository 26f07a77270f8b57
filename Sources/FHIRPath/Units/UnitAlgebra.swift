// Products and quotients of units, UCUM sections 2.4 and 3.1.
extension Unit {
  /// The unit of a product; `nil` when it doesn't fit, and for a special unit times anything but a number
  /// (section 3.1, §22).
  static func * (a: Unit, b: Unit) -> Unit? {
    if a.scale == .ratio, b.scale != .ratio { return b * a }
    guard b.scale == .ratio, a.scale == .ratio || b.dimension == .none else { return nil }
    return usable(a.dimension.times(b.dimension), a.factor * b.factor, a.scale)
  }

  /// The unit of a quotient; `nil` when it doesn't fit, and when a special unit is divided by anything but a
  /// number, or divides.
  static func / (a: Unit, b: Unit) -> Unit? {
    b.raised(to: -1).flatMap { a * $0 }
  }

  /// The unit to a power; `nil` when it doesn't fit, and for a special unit.
  func raised(to power: Int) -> Unit? {
    if power == 1 { return self }
    guard scale == .ratio else { return nil }
    return Self.usable(Dimension.none.times(dimension, toThe: power), factor.raised(to: power), scale)
  }

  private static func usable(_ dimension: Dimension?, _ factor: UnitFactor, _ scale: UnitScale) -> Unit? {
    guard let dimension, factor.isUsable else { return nil }
    return Unit(dimension: dimension, factor: factor, scale: scale)
  }
}
