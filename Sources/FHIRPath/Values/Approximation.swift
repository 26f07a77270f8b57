// Decimals and binary numbers, for what has no exact answer.
extension ExactDecimal {
  /// The nearest binary number.
  var approximate: Double { Double(description) ?? .nan }

  /// A binary number to fifteen significant digits, beyond which it says nothing; `nil` for what is no number or does
  /// not fit.
  init?(approximating value: Double) {
    guard value.isFinite, abs(value) < 1e28 else { return nil }
    var scale = 0
    var scaled = abs(value)
    while scaled < 1e14, scale < 28, scaled != scaled.rounded() || scale == 0 {
      scale += 1
      scaled = abs(value) * Self.powerOfTen(scale)
    }
    let digits = Int128(scaled.rounded())
    self = ExactDecimal(digits: value < 0 ? -digits : digits, scale: scale).trimmed
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// A whole power, exact; `nil` when it does not fit.
  func power(_ exponent: Int) -> ExactDecimal? {
    var result = ExactDecimal(1)
    for _ in 0..<exponent {
      let (digits, overflow) = result.digits.multipliedReportingOverflow(by: self.digits)
      guard !overflow, result.scale + scale <= Self.scaleLimit else { return nil }
      result = ExactDecimal(digits: digits, scale: result.scale + scale)
    }
    return result
  }
}
