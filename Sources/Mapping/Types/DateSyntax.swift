/// Dates and times as texts: reading them into parts and writing parts back.
struct DateSyntax {
  /// A local time: seconds since 1970-01-01T00:00:00 as a clock on the wall would count them.
  typealias WallSeconds = Int

  /// An instant's parts.
  struct Instant {
    /// Wall clock seconds in its own offset.
    var wall: WallSeconds
    /// Seconds east of UTC.
    var offset: Int
    /// How many bytes the fraction takes, the point included.
    var fractionLength: Int
  }

  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// A date: how many digits of precision (4 year, 6 month, 8 day), or `nil` when it is none.
  static func precision(ofDate text: Bytes, isCompact: Bool) -> Int? {
    guard let year = ScalarSyntax.digits(text, 0, 4), year > 0 else { return nil }
    let dash = isCompact ? 0 : 1
    if text.count == 4 { return 4 }
    guard isSeparated(text, at: 4, isCompact), let month = ScalarSyntax.digits(text, 4 + dash, 2),
      (1...12).contains(month)
    else { return nil }
    if text.count == 6 + dash { return 6 }
    guard text.count == 8 + 2 * dash, isSeparated(text, at: 6 + dash, isCompact),
      let day = ScalarSyntax.digits(text, 6 + 2 * dash, 2),
      CivilDate(year: year, month: month, day: day).isReal
    else { return nil }
    return 8
  }

  private static func isSeparated(_ text: Bytes, at offset: Int, _ isCompact: Bool) -> Bool {
    isCompact || offset < text.count && text[offset] == UInt8(ascii: "-")
  }

  /// A local time, of which the extended form (`YYYY-MM-DDThh:mm:ss`) may go on behind the seconds.
  ///
  /// The compact form (`YYYYMMDDhhmmss`) is RIV-TA's, which knows the years 1900 to 2099 only.
  static func wall(_ text: Bytes, isCompact: Bool) -> WallSeconds? {
    guard isCompact else { return extendedWall(text) }
    guard text.count == 14, let century = ScalarSyntax.digits(text, 0, 2), (19...20).contains(century) else {
      return nil
    }
    return wall(text, date: 0, 4, 6, time: 8, 10, 12)
  }

  private static func extendedWall(_ text: Bytes) -> WallSeconds? {
    guard text.count >= 19, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":")
    else { return nil }
    return wall(text, date: 0, 5, 8, time: 11, 14, 17)
  }

  private static func wall(
    _ text: Bytes, date y: Int, _ mo: Int, _ d: Int, time h: Int, _ mi: Int, _ s: Int
  ) -> WallSeconds? {
    guard let year = ScalarSyntax.digits(text, y, 4), year > 0, let month = ScalarSyntax.digits(text, mo, 2),
      let day = ScalarSyntax.digits(text, d, 2), let hour = ScalarSyntax.digits(text, h, 2), hour < 24,
      let minute = ScalarSyntax.digits(text, mi, 2), minute < 60,
      let second = ScalarSyntax.digits(text, s, 2), second < 60
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard date.isReal else { return nil }
    return date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
  }

  /// An instant, RFC 3339 with an offset.
  static func instant(_ text: Bytes) -> Instant? {
    guard let wall = extendedWall(text), let at = endOfSeconds(text), let offset = offset(text, at) else {
      return nil
    }
    return Instant(wall: wall, offset: offset, fractionLength: at - 19)
  }

  /// Whether a text is a local time in XML Schema's form: a fraction may follow, and an offset, which then counts.
  static func isLocal(_ text: Bytes) -> Bool {
    guard extendedWall(text) != nil, let at = endOfSeconds(text) else { return false }
    return at == text.count || offset(text, at) != nil
  }

  /// Where the seconds with their fraction end, `nil` when the fraction has no digits.
  private static func endOfSeconds(_ text: Bytes) -> Int? {
    guard text.count > 19, text[19] == UInt8(ascii: ".") else { return 19 }
    var at = 20
    while at < text.count, ScalarSyntax.isDigit(text[at]) { at += 1 }
    return at > 20 ? at : nil
  }

  private static func offset(_ text: Bytes, _ at: Int) -> Int? {
    if text.count == at + 1, text[at] == UInt8(ascii: "Z") { return 0 }
    guard text.count == at + 6, text[at + 3] == UInt8(ascii: ":"),
      text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-"),
      let hours = ScalarSyntax.digits(text, at + 1, 2), hours <= 14,
      let minutes = ScalarSyntax.digits(text, at + 4, 2), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return text[at] == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// Whether a text is an instant, or with `isPartial` a partial date.
  static func isInstant(_ text: Bytes, isPartial: Bool) -> Bool {
    instant(text) != nil || isPartial && precision(ofDate: text, isCompact: false) != nil
  }
}
