/// Instants as numbers that grow with time.
enum Milliseconds {
  /// Milliseconds since 1970 of an RFC 3339 text with an offset; 0 for anything else. Fractions beyond the third
  /// digit are cut.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var number = 0
      for index in range {
        guard bytes[index] &- 0x30 < 10 else { return nil }
        number = number * 10 + Int(bytes[index] &- 0x30)
      }
      return number
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
    else { return 0 }
    var (at, fraction, digits) = (19, 0, 0)
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      while at < bytes.count, bytes[at] &- 0x30 < 10 {
        if digits < 3 { (fraction, digits) = (fraction * 10 + Int(bytes[at] &- 0x30), digits + 1) }
        at += 1
      }
      while digits < 3 { (fraction, digits) = (fraction * 10, digits + 1) }
    }
    var offset = 0
    if at < bytes.count, bytes[at] != UInt8(ascii: "Z") {
      guard let hours = number(at + 1..<at + 3), let minutes = number(at + 4..<at + 6) else { return 0 }
      offset = (bytes[at] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }
    let minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offset
    return Int64((minutes * 60 + second) * 1000 + fraction)
  }

  /// Of the proleptic Gregorian calendar, by eras of 400 years that begin in March.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
