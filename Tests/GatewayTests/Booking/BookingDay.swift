import Foundation

/// A day of a month to come with quarters of an hour that can be booked, as the video unit's time book tells
/// it.
struct BookingDay {
  static let unit = "SE2321000016-TESTVIDEO"
  static let doctor = "SE2321000016-TESTLAK1"
  static let patients = ["191212121212", "201701012393", "195009072553"]

  private let base: Date
  private let calendar: Calendar

  init() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Stockholm") ?? .gmt
    let day = calendar.startOfDay(for: Date(timeIntervalSinceNow: 30 * 86_400))
    base = calendar.date(byAdding: .hour, value: 9, to: day) ?? day
    self.calendar = calendar
  }

  private func start(_ number: Int) -> Date { base.addingTimeInterval(Double(number) * 900) }

  /// `YYYYMMDDhhmmss`, Swedish local time.
  func local(_ number: Int) -> String {
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: start(number))
    let rest = [parts.month, parts.day, parts.hour, parts.minute].map { part in
      let digits = String(part ?? 0)
      return digits.count < 2 ? "0" + digits : digits
    }
    return String(parts.year ?? 0) + rest.joined() + "00"
  }

  /// With its offset.
  func instant(_ number: Int) -> String {
    let text = Array(local(number))
    let hours = calendar.timeZone.secondsFromGMT(for: start(number)) / 3600
    let cut = { (range: Range<Int>) in String(text[range]) }
    return "\(cut(0..<4))-\(cut(4..<6))-\(cut(6..<8))T\(cut(8..<10)):\(cut(10..<12)):00+0\(hours):00"
  }

  var date: String { String(local(0).prefix(8)) }

  /// What visiba/timeslots has of it.
  func timeslots(_ count: Int) -> [UInt8] {
    let slots = (0..<count).map { number in
      #"{"id": "S-\#(number)", "status": "free", "start": "\#(instant(number))", "end": "\#(instant(number + 1))", "form": "video"}"#
    }
    return Array(
      """
      {"schedules": [{"id": "SC-1", "lastUpdated": "2026-10-20T12:00:00+02:00",
      "healthcareService": {"id": "doctor-video", "name": "Läkarbesök via video"},
      "unit": {"hsaId": "\(Self.unit)", "name": "Min vård Testköping"},
      "practitioner": {"hsaId": "\(Self.doctor)", "name": "Doris Testläkare"}, "slots": [\(slots.joined(separator: ", "))]}]}
      """.utf8)
  }

  // MARK: requests, as zeep takes them

  func search(_ more: [String: Any] = [:]) -> [String: Any] {
    [
      "healthcare_facility": Self.unit, "startDateInclusive": date, "endDateInclusive": date,
      "subject_of_care": Self.patients[0],
    ].merging(more) { $1 }
  }

  func timeslot(_ number: Int, patient: String = patients[0], booking: String? = nil) -> [String: Any] {
    var slot: [String: Any] = [
      "startTimeInclusive": local(number), "endTimeExclusive": local(number + 1),
      "healthcare_facility": Self.unit, "performer": Self.doctor, "subject_of_care": patient,
      "timeTypeID": "doctor-video",
    ]
    slot["bookingId"] = booking
    return slot
  }

  func booking(_ number: Int, patient: String = patients[0]) -> [String: Any] {
    [
      "healthcare_facility_med": Self.unit, "requestedTimeslot": timeslot(number, patient: patient),
      "subject_of_care_info": ["phone": "0700000000", "firstName": "Tolvan", "lastName": "Tolvansson"],
    ]
  }
}
