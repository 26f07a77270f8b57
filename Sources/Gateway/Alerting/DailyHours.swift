import Foundation

/// The same hours of each day, in a time zone: `07:00-22:00`.
public struct DailyHours: Sendable, Equatable {
  /// Minutes since midnight; the end is later than the start.
  private let start, end: Int
  private let zone: TimeZone

  /// Nil for a text that is none, an end that is no later, or a zone that the system does not know.
  public init?(_ text: String, zone: String) {
    let ends = text.split(separator: "-").compactMap(Self.minutes)
    guard ends.count == 2, ends[0] < ends[1], let zone = TimeZone(identifier: zone) else { return nil }
    (start, end) = (ends[0], ends[1])
    self.zone = zone
  }

  /// When the stretch that a moment lies in has begun; nil outside of the hours.
  /// - Parameter time: milliseconds since 1970, UTC.
  func begin(at time: Int64) -> Int64? {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let date = Date(timeIntervalSince1970: Double(time) / 1000)
    let parts = calendar.dateComponents([.hour, .minute, .second], from: date)
    let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
    guard (start..<end).contains(minute) else { return nil }
    return time - Int64(minute - start) * 60_000 - Int64(parts.second ?? 0) * 1000 - time % 1000
  }

  private static func minutes(_ text: some StringProtocol) -> Int? {
    let parts = text.trimmingCharacters(in: .whitespaces).split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], 0...24 ~= hour, 0...59 ~= minute
    else { return nil }
    return hour * 60 + minute
  }
}
