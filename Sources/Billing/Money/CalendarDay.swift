/// A day of the calendar as text sorts it: `2026-10-31`. Proleptic Gregorian, no time zone.
public struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Year, month and day, as one number that grows with time: 20261031.
  public let number: Int

  /// Reads `2026-10-31`; nil for anything else and for days that there are not.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: text.utf8)
  }

  /// Likewise, of UTF-8.
  init?(utf8 text: some Collection<UInt8>) {
    var (number, length) = (0, 0)
    for byte in text {
      if length == 4 || length == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard byte &- 0x30 < 10, length < 10 else { return nil }
        number = number * 10 + Int(byte &- 0x30)
      }
      length += 1
    }
    guard length == 10 else { return nil }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// Reads `20261031`, as claims write it; nil for anything else and for days that there are not.
  public init?(compact text: some StringProtocol) {
    guard text.utf8.count == 8, let number = Int(text) else { return nil }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// Nil for days that there are not.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(year, month) else {
      return nil
    }
    number = year * 10_000 + month * 100 + day
  }

  /// The year.
  public var year: Int { number / 10_000 }
  /// From 1.
  public var month: Int { number / 100 % 100 }
  /// Of the month, from 1.
  public var day: Int { number % 100 }
  /// `2026-10-31`
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
  /// `20261031`, as claims write it.
  public var compact: String { String(number) }
  /// `2026-10`
  public var monthText: String { "\(padded(year, 4))-\(padded(month, 2))" }

  /// The earlier day first.
  public static func < (one: CalendarDay, other: CalendarDay) -> Bool { one.number < other.number }

  /// The day after.
  public var next: CalendarDay? {
    CalendarDay(year: year, month: month, day: day + 1) ?? CalendarDay(year: year, month: month + 1, day: 1)
      ?? CalendarDay(year: year + 1, month: 1, day: 1)
  }

  /// The same day some months later, or that month's last.
  public func adding(months: Int) -> CalendarDay {
    let index = year * 12 + month - 1 + months
    let (year, month) = (index / 12, index % 12 + 1)
    return CalendarDay(year: year, month: month, day: min(day, Self.days(year, month))) ?? self
  }

  /// The day some days later.
  public func adding(days: Int) -> CalendarDay {
    var day = self
    for _ in 0..<days { day = day.next ?? day }
    return day
  }

  private static func days(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
