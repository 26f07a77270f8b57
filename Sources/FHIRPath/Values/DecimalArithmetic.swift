// Exact arithmetic; `nil` where there is no result or it does not fit, which the specification makes empty.
extension ExactDecimal {
  /// How many digits behind the point a quotient has (section 4.1.4 asks for eight).
  static let quotientScale = 8
  /// How many digits behind the point any result has.
  static let scaleLimit = 37

  private static func aligned(_ a: ExactDecimal, _ b: ExactDecimal) -> (Int128, Int128, scale: Int)? {
    let scale = max(a.scale, b.scale)
    guard let a = a.rescaled(to: scale), let b = b.rescaled(to: scale) else { return nil }
    return (a.digits, b.digits, scale)
  }

  /// The least `Int128` is left out, for it has no opposite.
  private static func fitting(_ result: (Int128, overflow: Bool), scale: Int) -> ExactDecimal? {
    guard !result.overflow, result.0 != .min else { return nil }
    return ExactDecimal(digits: result.0, scale: scale).rounded(to: scaleLimit)
  }

  static func + (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal? {
    guard let (x, y, scale) = aligned(a, b) else { return nil }
    return fitting(x.addingReportingOverflow(y), scale: scale)
  }

  static func - (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal? {
    guard let (x, y, scale) = aligned(a, b) else { return nil }
    return fitting(x.subtractingReportingOverflow(y), scale: scale)
  }

  static func * (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal? {
    fitting(a.digits.multipliedReportingOverflow(by: b.digits), scale: a.scale + b.scale)
  }

  /// The quotient to ``quotientScale`` digits, halves away from zero, without needless zeros.
  static func / (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal? {
    guard b.digits != 0, let dividend = a.rescaled(to: max(a.scale, b.scale + quotientScale + 1))
    else { return nil }
    let quotient = ExactDecimal(digits: dividend.digits / b.digits, scale: dividend.scale - b.scale)
    return quotient.rounded(to: quotientScale).trimmed
  }

  /// The quotient cut to a whole number.
  static func wholeQuotient(_ a: ExactDecimal, _ b: ExactDecimal) -> Int64? {
    guard b.digits != 0, let (x, y, _) = aligned(a, b) else { return nil }
    return Int64(exactly: x / y)
  }

  static func % (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal? {
    guard b.digits != 0, let (x, y, scale) = aligned(a, b) else { return nil }
    return ExactDecimal(digits: x % y, scale: scale)
  }

  /// How this number stands to another; trailing zeros do not count.
  func order(to other: ExactDecimal) -> Order {
    if let (x, y, _) = Self.aligned(self, other) { return Order(x, y) }
    // The one that does not fit when aligned is farther from zero.
    return scale < other.scale ? Order(digits, 0) : Order(0, other.digits)
  }
}
