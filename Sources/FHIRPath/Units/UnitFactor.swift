/// How many of one unit another is: exact as long as it fits, else the nearest `Double`.
enum UnitFactor: Sendable, Equatable {
  case exact(Fraction)
  case approximate(Double)

  static let zero = UnitFactor.exact(.zero)
  static let one = UnitFactor.exact(.one)

  /// How far apart, relative to the greater, two numbers may be and still be the same when one is inexact.
  static let tolerance = 1e-12

  init(_ decimal: ExactDecimal) {
    self = Fraction(decimal).map { .exact($0) } ?? .approximate(Double(decimal.description) ?? .nan)
  }

  var double: Double {
    switch self {
    case .exact(let fraction): fraction.double
    case .approximate(let double): double
    }
  }

  /// Whether the factor is far enough from zero and from infinity that values can be multiplied by it.
  var isUsable: Bool {
    switch self {
    case .exact(let fraction): fraction.numerator > 0 && abs(fraction.tens) <= 200
    case .approximate(let double): (1e-200...1e200).contains(double)
    }
  }
}

extension UnitFactor {
  static func * (a: UnitFactor, b: UnitFactor) -> UnitFactor {
    combined(a, b, { $0 * $1 }, { $0 * $1 })
  }

  static func / (a: UnitFactor, b: UnitFactor) -> UnitFactor {
    combined(a, b, { x, y in y.reciprocal.flatMap { x * $0 } }, { $0 / $1 })
  }

  static func + (a: UnitFactor, b: UnitFactor) -> UnitFactor {
    combined(a, b, { $0 + $1 }, { $0 + $1 })
  }

  static func - (a: UnitFactor, b: UnitFactor) -> UnitFactor {
    combined(a, b, { x, y in y.negated.flatMap { x + $0 } }, { $0 - $1 })
  }

  private static func combined(
    _ a: UnitFactor, _ b: UnitFactor, _ exactly: (Fraction, Fraction) -> Fraction?,
    _ nearly: (Double, Double) -> Double
  ) -> UnitFactor {
    if case .exact(let x) = a, case .exact(let y) = b, let result = exactly(x, y) { return .exact(result) }
    return .approximate(nearly(a.double, b.double))
  }

  /// The factor to a power of which the sign counts.
  func raised(to power: Int) -> UnitFactor {
    var result = UnitFactor.one
    for _ in 0..<abs(power) { result = result * self }
    return power < 0 ? .one / result : result
  }

  static func order(_ a: UnitFactor, _ b: UnitFactor) -> Order {
    if case .exact(let x) = a, case .exact(let y) = b, let order = Fraction.order(x, y) { return order }
    let (x, y) = (a.double, b.double)
    if abs(x - y) <= tolerance * max(abs(x), abs(y)) { return .same }
    return Order(x, y)
  }
}
