import FHIRPath

/// A comparison of two days of a visit, one of them moved by whole years: `patient.birthDate + 20 years > day`.
struct AgeCondition: Sendable {
  /// The day that is moved, and the other, by their paths.
  let moved, other: String
  let years: Int
  private let comparison: BinaryOperator
  /// Whether the moved day stands on the left.
  private let isLeft: Bool

  /// Nil for any other formula.
  init?(_ syntax: FormulaSyntax) {
    guard case .binary(let comparison, let left, let right) = syntax.form,
      [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(comparison)
    else { return nil }
    let (leftSum, rightSum) = (Self.sum(left), Self.sum(right))
    guard let sum = leftSum ?? rightSum, let other = (leftSum == nil ? left : right).factPath,
      Self.days.contains(sum.day), Self.days.contains(other)
    else { return nil }
    (self.comparison, moved, years, self.other) = (comparison, sum.day, sum.years, other)
    isLeft = leftSum != nil
  }

  /// What the shape says to be dates, and nothing with a time.
  private static let days: Set<String> = ["patient.birthDate", "day", "register.since"]

  private static func sum(_ syntax: FormulaSyntax) -> (day: String, years: Int)? {
    guard case .binary(let sign, let left, let right) = syntax.form, sign == .add || sign == .subtract,
      let day = left.factPath, case .literal(.duration(let digits, .year)) = right.form,
      let years = Int(digits), (0...200).contains(years)
    else { return nil }
    return (day, sign == .add ? years : -years)
  }

  /// Whether it holds; nil where only the formula can tell: in years that calendars don't have.
  func holds(moved: CalendarDay, other: CalendarDay) -> Bool? {
    guard (1...9999).contains(moved.year + years) else { return nil }
    let sum = moved.adding(months: years * 12)
    let (left, right) = isLeft ? (sum, other) : (other, sum)
    return switch comparison {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    default: left >= right
    }
  }
}
