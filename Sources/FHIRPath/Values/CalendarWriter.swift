// The written forms of dates and times, ISO 8601.
extension CalendarTime {
  /// `2026-11-21`, `2026-11-21T10:15:00.000+01:00`, `10:15`, as far as the precision goes.
  func written(as type: SystemType) -> String {
    let clock = clock
    if type == .time { return clock }
    let date = date
    return clock.isEmpty ? date : date + "T" + clock + writtenOffset
  }

  private var date: String {
    var text = Self.padded(year, 4)
    if precision.rawValue >= Precision.month.rawValue { text += "-" + Self.padded(month, 2) }
    if precision.rawValue >= Precision.day.rawValue { text += "-" + Self.padded(day, 2) }
    return text
  }

  private var clock: String {
    guard precision.rawValue >= Precision.hour.rawValue else { return "" }
    var text = Self.padded(hour, 2)
    if precision.rawValue >= Precision.minute.rawValue { text += ":" + Self.padded(minute, 2) }
    if precision.rawValue >= Precision.second.rawValue {
      text += ":" + Self.padded(nanoseconds / 1_000_000_000, 2)
      if fractionDigits > 0 {
        text += "." + Self.padded(nanoseconds % 1_000_000_000, 9).prefix(fractionDigits)
      }
    }
    return text
  }

  private var writtenOffset: String {
    guard let offset else { return "" }
    if offset == 0 { return "Z" }
    return (offset < 0 ? "-" : "+") + Self.padded(abs(offset) / 60, 2) + ":"
      + Self.padded(abs(offset) % 60, 2)
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
