/// The stretches of time that FHIR's dates and times mean (R4, 2.24.0.1), as milliseconds since 1970, UTC.
public struct HubCalendar: Sendable {
  private let zone: TimeZoneTable

  init(_ zone: TimeZoneTable) {
    self.zone = zone
  }

  /// From the first to the last millisecond that a date or time means; `nil` for another text. What has no
  /// offset is taken by the clocks of the zone.
  public func times(_ text: String) -> ClosedRange<Int64>? {
    var reader = MomentReader(text)
    guard let moment = reader.moment() else { return nil }
    let first = milliseconds(moment.first, moment.offset)
    let next = milliseconds(moment.next, moment.offset)
    let start = first + moment.milliseconds
    return moment.isToTheMillisecond ? start...start : start...max(start, next - 1)
  }

  private func milliseconds(_ wall: Int, _ offset: Int?) -> Int64 {
    let seconds = offset ?? zone.offset(atWall: wall) ?? zone.offset(atUTC: wall)
    return Int64(wall - seconds) * 1000
  }
}

/// A date or time as it was written, in seconds by its clock.
private struct Moment {
  /// The first second that it means, and the one behind its last.
  var first, next: Int
  /// Seconds east of Greenwich, when given.
  var offset: Int?
  /// Of the second.
  var milliseconds: Int64 = 0
  var isToTheMillisecond = false
}

private struct MomentReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  mutating func moment() -> Moment? {
    guard let year = number(4) else { return nil }
    guard skip("-") else {
      return end(year, 1, 1) { _ in CivilDate(year: year + 1, month: 1, day: 1).daysSinceEpoch }
    }
    guard let month = number(2), (1...12).contains(month) else { return nil }
    guard skip("-") else {
      let (nextYear, nextMonth) = month == 12 ? (year + 1, 1) : (year, month + 1)
      return end(year, month, 1) { _ in CivilDate(year: nextYear, month: nextMonth, day: 1).daysSinceEpoch }
    }
    guard let day = number(2), (1...31).contains(day) else { return nil }
    guard skip("T") else { return end(year, month, day) { $0 + 1 } }
    return clock(on: CivilDate(year: year, month: month, day: day).daysSinceEpoch)
  }

  private func end(_ year: Int, _ month: Int, _ day: Int, _ next: (Int) -> Int) -> Moment? {
    guard rest.isEmpty else { return nil }
    let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
    return Moment(first: days * 86_400, next: next(days) * 86_400)
  }

  private mutating func clock(on day: Int) -> Moment? {
    guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60 else { return nil }
    let start = day * 86_400 + hour * 3600 + minute * 60
    var moment = Moment(first: start, next: start + 60)
    if skip(":") {
      guard let second = number(2), second < 61 else { return nil }
      moment.first += second
      moment.next = moment.first + 1
      if skip(".") {
        guard let fraction = fraction() else { return nil }
        moment.milliseconds = fraction
        moment.isToTheMillisecond = true
      }
    }
    guard !rest.isEmpty else { return moment }
    moment.offset = offset()
    return moment.offset != nil && rest.isEmpty ? moment : nil
  }

  /// Finer digits than milliseconds are cut off.
  private mutating func fraction() -> Int64? {
    let digits = rest.prefix { $0 &- 0x30 < 10 }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let padded = Array(digits.prefix(3)) + [UInt8](repeating: 0x30, count: max(0, 3 - digits.count))
    return padded.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  private mutating func offset() -> Int? {
    if skip("Z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func number(_ digits: Int) -> Int? {
    let found = rest.prefix(digits)
    guard found.count == digits, found.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    rest = rest.dropFirst(digits)
    return found.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
