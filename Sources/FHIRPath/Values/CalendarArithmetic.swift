// Durations added to dates and times by the calendar, section 6.7.
extension CalendarTime {
  /// Adds a duration; what is finer than this date or time is left out.
  /// - Returns: `nil` for what leaves the years 1 to 9999.
  func adding(_ amount: ExactDecimal, _ unit: CalendarUnit, to type: SystemType) -> CalendarTime? {
    var moved = self
    switch unit {
    case .year, .month:
      guard type != .time, let whole = Int(exactly: amount.truncated.digits) else { return nil }
      let (months, overflow) = whole.multipliedReportingOverflow(by: unit == .year ? 12 : 1)
      guard !overflow, abs(months) < 12 * 10_000 else { return nil }
      moved.add(months: precision == .year ? months / 12 * 12 : months)
    case .week, .day, .hour, .minute, .second, .millisecond:
      guard let duration = unit.duration(amount) else { return nil }
      moved.add(duration, type)
      if precision == .second { moved.fractionDigits = max(fractionDigits, unit.fractionDigits(amount)) }
    }
    return (1...9999).contains(moved.year) || type == .time ? moved : nil
  }

  private mutating func add(months: Int) {
    let count = year * 12 + month - 1 + months
    year = count >= 0 ? count / 12 : (count - 11) / 12
    month = count - year * 12 + 1
    day = min(day, Self.days(in: month, of: year))
  }

  private mutating func add(_ duration: Duration, _ type: SystemType) {
    let wraps = type == .time
    switch precision {
    case .year where !wraps: add(months: duration.days / 365 * 12)
    case .month where !wraps: add(months: duration.days / 30)
    case .day where !wraps: add(days: duration.days)
    case .year, .month, .day: return
    case .hour: add(minutes: duration.nanoseconds / 3_600_000_000_000 * 60, wraps: wraps)
    case .minute: add(minutes: duration.nanoseconds / 60_000_000_000, wraps: wraps)
    case .second:
      let sum = nanoseconds + duration.nanoseconds % 60_000_000_000
      let carried = sum < 0 ? -1 : sum / 60_000_000_000
      nanoseconds = sum - carried * 60_000_000_000
      add(minutes: duration.nanoseconds / 60_000_000_000 + carried, wraps: wraps)
    }
    if !wraps, precision.rawValue >= Precision.hour.rawValue { add(days: duration.days) }
  }

  /// Moves the clock, and the date when it passes midnight.
  mutating func add(minutes: Int, wraps: Bool = false) {
    let total = hour * 60 + minute + minutes
    let days = total >= 0 ? total / 1440 : (total - 1439) / 1440
    hour = (total - days * 1440) / 60
    minute = (total - days * 1440) % 60
    if !wraps { add(days: days) }
  }

  private mutating func add(days: Int) {
    var left = day - 1 + days
    day = 1
    // 400 years have as many days wherever they begin.
    let cycles = left >= 0 ? left / 146_097 : (left - 146_096) / 146_097
    year += cycles * 400
    left -= cycles * 146_097
    while left >= Self.days(in: month, of: year) {
      left -= Self.days(in: month, of: year)
      add(months: 1)
    }
    day += left
  }
}

/// A length of time; both parts have the same sign.
private struct Duration {
  let days: Int
  /// Less than a day.
  let nanoseconds: Int
}

extension CalendarUnit {
  /// How many digits of a second's fraction it takes to write a number of these.
  fileprivate func fractionDigits(_ amount: ExactDecimal) -> Int {
    switch self {
    case .second: min(9, amount.trimmed.scale)
    case .millisecond: min(9, 3 + amount.trimmed.scale)
    default: 0
    }
  }

  /// A number of these; above seconds only whole ones count. `nil` for more than dates can move.
  fileprivate func duration(_ amount: ExactDecimal) -> Duration? {
    let unit: Int128 =
      switch self {
      case .week: 604_800_000_000_000
      case .day: 86_400_000_000_000
      case .hour: 3_600_000_000_000
      case .minute: 60_000_000_000
      case .second: 1_000_000_000
      default: 1_000_000
      }
    let isFine = self == .second || self == .millisecond
    let counted = isFine ? amount.rounded(to: 9) : amount.truncated
    let (product, overflow) = counted.digits.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    let (days, rest) = ExactDecimal(digits: product, scale: counted.scale).truncated.digits
      .quotientAndRemainder(dividingBy: 86_400_000_000_000)
    guard abs(days) < 4_000_000 else { return nil }
    return Duration(days: Int(days), nanoseconds: Int(rest))
  }
}
