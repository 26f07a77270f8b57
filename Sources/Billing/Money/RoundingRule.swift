/// How a share of an amount becomes whole öre. Only shares are ever rounded: sums and products are exact.
public enum RoundingRule: String, CaseIterable, Sendable {
  /// To the nearest öre, halves to the even one: what the claim's own rules use (`round-half-to-even`, R26 to R28).
  case halfToEven = "half-to-even"
  /// To the nearest öre, halves away from zero: what invoices use (EN 16931).
  case halfAwayFromZero = "half-away-from-zero"
}

extension Money {
  /// A share of the amount in hundredths of a percent (600 is 6 %), rounded by a rule; nil when it does not fit.
  public func share(_ basisPoints: Int64, _ rule: RoundingRule) -> Money? {
    let (product, overflow) = öre.multipliedReportingOverflow(by: basisPoints)
    guard !overflow else { return nil }
    let (whole, rest) = product.quotientAndRemainder(dividingBy: 10_000)
    let twice = rest.magnitude * 2
    let isUp: Bool =
      switch rule {
      case .halfToEven: twice > 10_000 || twice == 10_000 && whole % 2 != 0
      case .halfAwayFromZero: twice >= 10_000
      }
    return Money(öre: isUp ? whole + (product < 0 ? -1 : 1) : whole)
  }
}
