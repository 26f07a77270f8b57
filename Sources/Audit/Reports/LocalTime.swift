import Foundation

/// Times as people in Sweden read them.
enum LocalTime {
  private static let zone = TimeZone(identifier: "Europe/Stockholm") ?? .gmt

  /// `2026-11-20 14:02:11`, in Swedish time.
  static func text(_ milliseconds: Int64) -> String {
    let parts = parts(milliseconds)
    func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
  }

  /// The hour from 0 to 23, and the weekday from 1, Monday, to 7.
  static func hour(_ milliseconds: Int64) -> (hour: Int, weekday: Int) {
    let parts = parts(milliseconds)
    return (parts.hour ?? 0, ((parts.weekday ?? 2) + 5) % 7 + 1)
  }

  /// The number of the day, which grows by one.
  static func day(_ milliseconds: Int64) -> Int {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    let shifted = milliseconds + Int64(zone.secondsFromGMT(for: date)) * 1000
    return Int(shifted.quotientAndRemainder(dividingBy: 86_400_000).quotient)
  }

  private static func parts(_ milliseconds: Int64) -> DateComponents {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second, .weekday],
      from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
  }
}
