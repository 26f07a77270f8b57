import Foundation

/// The gateway's clock and the ids made from it: the rim, where time and chance enter.
enum Timestamp {
  /// Milliseconds since 1970, UTC.
  static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// Milliseconds since the machine was started, which nobody sets.
  static func ticks() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// As an instant in UTC with milliseconds: `2026-11-21T09:15:00.123Z`.
  static func text(milliseconds: Int64) -> String {
    let (days, time) = milliseconds.quotientAndRemainder(flooring: 86_400_000)
    let (year, month, day) = date(days)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    append(year, 4, to: &text, behind: nil)
    append(month, 2, to: &text, behind: "-")
    append(day, 2, to: &text, behind: "-")
    append(time / 3_600_000, 2, to: &text, behind: "T")
    append(time / 60_000 % 60, 2, to: &text, behind: ":")
    append(time / 1000 % 60, 2, to: &text, behind: ":")
    append(time % 1000, 3, to: &text, behind: ".")
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// The date so many days after 1970-01-01, in the Gregorian calendar; years are counted from March, so that leap days
  /// come last.
  private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(flooring: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let isNextYear = month >= 10
    return (
      era * 400 + yearOfEra + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  private static func append(
    _ number: Int64, _ digits: Int, to text: inout [UInt8], behind sign: Unicode.Scalar?
  ) {
    if let sign { text.append(UInt8(ascii: sign)) }
    var unit: Int64 = digits == 4 ? 1000 : digits == 3 ? 100 : 10
    while unit > 0 {
      text.append(0x30 + UInt8(truncatingIfNeeded: number / unit % 10))
      unit /= 10
    }
  }

  /// A UUID of version 7 (RFC 9562, section 5.7): it grows with time.
  static func identifier(milliseconds: Int64) -> String {
    var random = SystemRandomNumberGenerator()
    let high = UInt64(bitPattern: milliseconds) << 16 | 0x7000 | random.next() & 0x0FFF
    let low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
      let half = index < 16 ? high : low
      let nibble = UInt8(truncatingIfNeeded: half >> UInt64((15 - index % 16) * 4)) & 15
      text.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Int64 {
  fileprivate func quotientAndRemainder(flooring divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
