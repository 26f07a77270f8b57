// Exact arithmetic; `nil` where the result doesn't fit.
extension Fraction {
  static func * (a: Fraction, b: Fraction) -> Fraction? {
    // Dividing before multiplying keeps the terms small.
    let (p, q) = (
      Int128.commonDivisor(a.numerator, b.denominator), Int128.commonDivisor(b.numerator, a.denominator)
    )
    guard let top = (a.numerator / p).times(b.numerator / q),
      let bottom = (a.denominator / q).times(b.denominator / p)
    else { return nil }
    return Fraction(top, over: bottom, tens: a.tens + b.tens)
  }

  /// `nil` for zero too.
  var reciprocal: Fraction? {
    Fraction(numerator < 0 ? -denominator : denominator, over: abs(numerator), tens: -tens)
  }

  static func + (a: Fraction, b: Fraction) -> Fraction? {
    guard let (x, y, tens) = aligned(a, b), let bottom = a.denominator.times(b.denominator)
    else { return nil }
    return x.plus(y).flatMap { Fraction($0, over: bottom, tens: tens) }
  }

  var negated: Fraction? { Fraction(-numerator, over: denominator, tens: tens) }

  /// How `a` stands to `b`, by cross-multiplication.
  static func order(_ a: Fraction, _ b: Fraction) -> Order? {
    if a.numerator.signum() != b.numerator.signum() {
      return Order(a.numerator.signum(), b.numerator.signum())
    }
    return aligned(a, b).map { Order($0.0, $0.1) }
  }

  /// The numerators of two fractions with the same denominator and power of ten.
  private static func aligned(_ a: Fraction, _ b: Fraction) -> (Int128, Int128, tens: Int)? {
    let tens =
      a.numerator == 0 ? b.tens : b.numerator == 0 ? a.tens : min(a.tens, b.tens)
    guard let x = a.numerator.timesTen(toThe: max(0, a.tens - tens))?.times(b.denominator),
      let y = b.numerator.timesTen(toThe: max(0, b.tens - tens))?.times(a.denominator)
    else { return nil }
    return (x, y, tens)
  }
}
