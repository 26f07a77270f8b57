// Arithmetic that gives nothing instead of trapping when the result has no place.
extension Int128 {
  func times(_ other: Int128) -> Int128? {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow || product == .min ? nil : product
  }

  func plus(_ other: Int128) -> Int128? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow || sum == .min ? nil : sum
  }

  /// This many times ten to the given power, which isn't negative.
  func timesTen(toThe power: Int) -> Int128? {
    if self == 0 { return 0 }
    guard power <= 38 else { return nil }
    var result: Int128? = self
    for _ in 0..<power { result = result?.times(10) }
    return result
  }

  /// The greatest common divisor of two numbers that aren't the least `Int128`.
  static func commonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (abs(a), abs(b))
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
