import Documents

/// A date, a time, or both, as precise as it was written (sections 4.1.5 to 4.1.7).
struct CalendarTime: BitwiseCopyable {
  /// The finest part given. Seconds and their fractions count as one.
  enum Precision: Int, BitwiseCopyable, Comparable {
    case year, month, day, hour, minute, second

    static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }
  }

  var year = 0
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  /// Of the minute.
  var nanoseconds = 0
  /// How many digits the seconds' fraction was written with.
  var fractionDigits = 0
  var precision = Precision.year
  /// Minutes east of Greenwich, when given.
  var offset: Int?

  /// Reads ISO 8601 as FHIR and the specification restrict it, and the compact forms that shapes allow
  /// (`20261121`,
  /// `20261121101500`).
  init?(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ type: SystemType) {
    var reader = CalendarReader(bytes)
    guard type == .time ? reader.time(into: &self) : reader.date(into: &self) else { return nil }
    guard reader.isAtEnd, isOnCalendar, type != .date || precision.rawValue <= Precision.day.rawValue
    else { return nil }
  }

  init?(_ text: String, _ type: SystemType) {
    var text = text
    guard let value = text.withUTF8({ CalendarTime($0[...], type) }) else { return nil }
    self = value
  }

  private var isOnCalendar: Bool {
    (1...12).contains(month) && (1...Self.days(in: month, of: year)).contains(day) && hour < 24 && minute < 60
      && nanoseconds < 61_000_000_000
  }

  static func days(in month: Int, of year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}
