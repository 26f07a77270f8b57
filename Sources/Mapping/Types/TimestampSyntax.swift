/// HL7 v2's time stamp, `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]` (v2.5.1, section 2.A.22), in its
/// parts.
struct TimestampSyntax {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// How many digits stand before the fraction: 4 year, 6 month, 8 day, 10 hour, 12 minute, 14 second.
  let precision: Int
  /// Seconds since 1970-01-01T00:00:00 as a clock on the wall would count them; what is left out is the
  /// first.
  let wall: DateSyntax.WallSeconds
  /// Bytes of the fraction, the point included.
  let fraction: Range<Int>
  /// Seconds east of UTC, where the time stamp says so.
  let offset: Int?

  /// Whether it is more than a date.
  var hasTime: Bool { precision >= 10 }

  /// `nil` for what is no time stamp.
  init?(_ text: Bytes) {
    var at = 0
    while at < text.count, ScalarSyntax.isDigit(text[at]) { at += 1 }
    precision = at
    guard (4...14).contains(at), at % 2 == 0, let wall = Self.wall(text, at) else { return nil }
    self.wall = wall
    if at == 14, at < text.count, text[at] == UInt8(ascii: ".") {
      at += 1
      while at < text.count, ScalarSyntax.isDigit(text[at]) { at += 1 }
      guard (16...19).contains(at) else { return nil }
    }
    fraction = precision..<at
    guard at < text.count else {
      offset = nil
      return
    }
    guard let offset = Self.offset(text, at) else { return nil }
    self.offset = offset
  }

  private static func wall(_ text: Bytes, _ precision: Int) -> DateSyntax.WallSeconds? {
    func part(_ offset: Int, _ absent: Int) -> Int? {
      offset < precision ? ScalarSyntax.digits(text, offset, 2) : absent
    }
    guard let year = ScalarSyntax.digits(text, 0, 4), year > 0, let month = part(4, 1), let day = part(6, 1),
      let hour = part(8, 0), hour < 24, let minute = part(10, 0), minute < 60,
      let second = part(12, 0), second < 60
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    return date.isReal ? date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second : nil
  }

  private static func offset(_ text: Bytes, _ at: Int) -> Int? {
    guard text.count == at + 5, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-"),
      let hours = ScalarSyntax.digits(text, at + 1, 2), hours <= 14,
      let minutes = ScalarSyntax.digits(text, at + 3, 2), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return text[at] == UInt8(ascii: "-") ? -seconds : seconds
  }
}
