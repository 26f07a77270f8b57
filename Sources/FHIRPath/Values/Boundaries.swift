// What a value of limited precision may stand for (`lowBoundary`, `highBoundary`, `precision`).
extension CalendarTime {
  /// How many digits are given, as FHIR counts them: 4 for a year, 17 for a dateTime with milliseconds.
  func digits(as type: SystemType) -> Int {
    let all = [4, 6, 8, 10, 12, 14][precision.rawValue] + (fractionDigits > 0 ? 3 : 0)
    return type == .time ? all - 8 : all
  }

  /// The first or last moment that is meant, to so many digits; `nil` for a number of digits that there is not.
  ///
  /// Where a dateTime has no offset, the ends of the world decide: +14:00 and -12:00.
  func boundary(isHigh: Bool, digits: Int?, _ type: SystemType) -> CalendarTime? {
    let wanted = digits ?? (type == .date ? 8 : type == .time ? 9 : 17)
    let all = type == .time ? wanted + 8 : wanted
    guard let precision = Self.precision(ofDigits: all),
      type != .time || precision.rawValue >= Precision.hour.rawValue,
      type != .date || precision.rawValue <= Precision.day.rawValue
    else { return nil }
    var filled = self
    filled.fill(isHigh: isHigh)
    filled.precision = precision
    filled.fractionDigits = all == 17 ? 3 : 0
    if type == .dateTime, offset == nil { filled.offset = (isHigh ? -12 : 14) * 60 }
    return filled
  }

  private static func precision(ofDigits digits: Int) -> Precision? {
    switch digits {
    case 4: .year
    case 6: .month
    case 8: .day
    case 10: .hour
    case 12: .minute
    case 14, 17: .second
    default: nil
    }
  }

  private mutating func fill(isHigh: Bool) {
    let given = precision.rawValue
    if given < Precision.month.rawValue { month = isHigh ? 12 : 1 }
    if given < Precision.day.rawValue { day = isHigh ? Self.days(in: month, of: year) : 1 }
    if given < Precision.hour.rawValue { hour = isHigh ? 23 : 0 }
    if given < Precision.minute.rawValue { minute = isHigh ? 59 : 0 }
    if given < Precision.second.rawValue {
      nanoseconds = isHigh ? 59_999_999_999 : 0
    } else if isHigh, fractionDigits == 0 {
      nanoseconds += 999_999_999
    }
  }
}

extension ExactDecimal {
  /// Half a unit of the last digit less or more, cut to so many places outwards; `nil` for more places than decimals
  /// have.
  func boundary(isHigh: Bool, places: Int) -> ExactDecimal? {
    guard (0...28).contains(places), let finer = rescaled(to: scale + 1) else { return nil }
    let half: Int128 = isHigh ? 5 : -5
    return ExactDecimal(digits: finer.digits + half, scale: finer.scale).cut(to: places, up: isHigh)
  }
}
