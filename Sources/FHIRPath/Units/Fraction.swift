/// A fraction times a power of ten, without rounding and in one form only.
///
/// The denominator has no factor 2 or 5 and none that the numerator has, and the numerator isn't a multiple
/// of ten. So a number that has an end when written as a decimal has the denominator 1.
struct Fraction: Sendable, Equatable {
  let numerator: Int128
  let denominator: Int128
  let tens: Int

  static let zero = Fraction(whole: 0)
  static let one = Fraction(whole: 1)

  private init(whole: Int128) {
    (numerator, denominator, tens) = (whole, 1, 0)
  }

  /// `nil` when the denominator isn't positive or the reduced fraction doesn't fit.
  init?(_ numerator: Int128, over denominator: Int128 = 1, tens: Int = 0) {
    guard denominator > 0, numerator != .min else { return nil }
    guard numerator != 0 else {
      self = .zero
      return
    }
    let divisor = Int128.commonDivisor(numerator, denominator)
    var (top, bottom, tens) = (numerator / divisor, denominator / divisor, tens)
    // 1/10 is 1e-1, 1/2 is 5e-1 and 1/5 is 2e-1.
    for (prime, complement) in [(10, 1), (2, 5), (5, 2)] as [(Int128, Int128)] {
      while bottom % prime == 0 {
        guard let larger = top.times(complement) else { return nil }
        (top, bottom, tens) = (larger, bottom / prime, tens - 1)
      }
    }
    while top % 10 == 0 { (top, tens) = (top / 10, tens + 1) }
    (self.numerator, self.denominator, self.tens) = (top, bottom, tens)
  }

  init?(_ decimal: ExactDecimal) {
    self.init(decimal.digits, tens: -decimal.scale)
  }

  /// The nearest `Double`, or very nearly so; infinite or zero when it is out of range.
  var double: Double {
    (Double("\(numerator)e\(tens)") ?? .nan) / Double(denominator)
  }
}
