/// Reads the written forms of dates and times.
struct CalendarReader {
  private var rest: Slice<UnsafeBufferPointer<UInt8>>

  init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// `2026`, `2026-11`, `2026-11-21`, and with a time behind it.
  mutating func date(into value: inout CalendarTime) -> Bool {
    guard let year = number(digits: 4) else { return false }
    value.year = year
    let isCompact = rest.first.map { $0 &- 0x30 < 10 } ?? false
    guard let month = part(after: isCompact ? nil : "-") else { return true }
    (value.month, value.precision) = (month, .month)
    guard let day = part(after: isCompact ? nil : "-") else { return true }
    (value.day, value.precision) = (day, .day)
    guard isCompact || skip("T") else { return true }
    return isAtEnd || clock(into: &value, isCompact: isCompact)
  }

  /// `10`, `10:15`, `10:15:00.000`
  mutating func time(into value: inout CalendarTime) -> Bool {
    clock(into: &value, isCompact: false) && value.offset == nil
  }

  private mutating func clock(into value: inout CalendarTime, isCompact: Bool) -> Bool {
    guard let hour = number(digits: 2) else { return false }
    (value.hour, value.precision) = (hour, .hour)
    if let minute = part(after: isCompact ? nil : ":") {
      (value.minute, value.precision) = (minute, .minute)
      if let second = part(after: isCompact ? nil : ":") {
        let fraction = fraction()
        value.nanoseconds = second * 1_000_000_000 + fraction.nanoseconds
        (value.fractionDigits, value.precision) = (fraction.digits, .second)
      }
    }
    value.offset = offset()
    return true
  }

  private mutating func offset() -> Int? {
    if skip("Z") { return 0 }
    let before = rest
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(digits: 2), let minutes = part(after: ":") else {
      rest = before
      return nil
    }
    return sign * (hours * 60 + minutes)
  }

  /// Digits behind a point in billionths; finer ones are cut off.
  private mutating func fraction() -> (nanoseconds: Int, digits: Int) {
    guard rest.first == UInt8(ascii: "."), rest.count > 1 else { return (0, 0) }
    rest = rest.dropFirst()
    var (value, unit, digits) = (0, 100_000_000, 0)
    while let digit = rest.first.map({ $0 &- 0x30 }), digit < 10 {
      value += Int(digit) * unit
      unit /= 10
      digits += 1
      rest = rest.dropFirst()
    }
    return (value, min(digits, 9))
  }

  /// Two digits behind a separator; reads nothing when they are not there.
  private mutating func part(after separator: Unicode.Scalar?) -> Int? {
    let before = rest
    if separator.map({ skip($0) }) ?? true, let value = number(digits: 2) { return value }
    rest = before
    return nil
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func number(digits: Int) -> Int? {
    guard rest.count >= digits else { return nil }
    var value = 0
    for byte in rest.prefix(digits) {
      guard byte &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(byte &- 0x30)
    }
    rest = rest.dropFirst(digits)
    return value
  }
}
