// Numbers written out as decimals.
extension UnitFactor {
  /// How many digits a result may have and be written out in full, as section 4.1.4 of FHIRPath asks.
  static let digitLimit = 28
  /// How many digits a result is rounded to when it has no end or too many digits.
  static let roundedDigits = 17
  /// How many digits of a `Double` that was reckoned with are sure.
  static let approximateDigits = 15

  /// The number without needless zeros; `nil` when it is too great, or too small to be told from zero.
  var decimal: ExactDecimal? {
    switch self {
    case .exact(let fraction): fraction.wholeDecimal ?? fraction.roundedDecimal ?? approximateDecimal
    case .approximate: approximateDecimal
    }
  }

  private var approximateDecimal: ExactDecimal? {
    guard let decimal = ExactDecimal(double.description) else { return nil }
    return decimal.rounded(toDigits: Self.approximateDigits).plain(nonzero: double != 0)
  }
}

extension Fraction {
  /// The number in full, when it has at most ``UnitFactor/digitLimit`` digits.
  fileprivate var wholeDecimal: ExactDecimal? {
    guard denominator == 1, -tens <= ExactDecimal.scaleLimit else { return nil }
    let decimal = ExactDecimal(digits: numerator, scale: -tens)
    guard decimal.digitCount + max(0, tens) <= UnitFactor.digitLimit else { return nil }
    return decimal.plain(nonzero: numerator != 0)
  }

  /// The number by long division, to ``UnitFactor/roundedDigits`` digits.
  fileprivate var roundedDecimal: ExactDecimal? {
    guard denominator <= Int128.max / 10 else { return nil }
    var (quotient, rest) = abs(numerator).quotientAndRemainder(dividingBy: denominator)
    var scale = -tens
    // One digit more than needed, to round by.
    while ExactDecimal(digits: quotient, scale: 0).digitCount <= UnitFactor.roundedDigits {
      let (digit, next) = (rest * 10).quotientAndRemainder(dividingBy: denominator)
      (quotient, rest, scale) = (quotient * 10 + digit, next, scale + 1)
    }
    let decimal = ExactDecimal(digits: numerator < 0 ? -quotient : quotient, scale: scale)
    return decimal.rounded(toDigits: UnitFactor.roundedDigits).plain(nonzero: numerator != 0)
  }
}

extension ExactDecimal {
  fileprivate var digitCount: Int { digits == 0 ? 0 : String(digits.magnitude).utf8.count }

  fileprivate func rounded(toDigits count: Int) -> ExactDecimal {
    rounded(to: scale - max(0, digitCount - count))
  }

  /// The number with no scale below zero or above ``scaleLimit``.
  fileprivate func plain(nonzero: Bool) -> ExactDecimal? {
    guard let plain = rescaled(to: max(0, scale))?.rounded(to: Self.scaleLimit).trimmed,
      plain.digits != 0 || !nonzero
    else { return nil }
    return plain
  }
}
