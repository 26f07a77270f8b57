import Foundation

/// What the operator says of the engagement index in `sluss.yaml`. Where Updates go, the routes say.
public struct EngagementConfiguration: Sendable, Equatable {
  /// The index's FindContent; nil when nothing is reconciled.
  public var findContent: HTTPTarget?
  /// When the night's reconciliation begins.
  public var reconcileAt = DailyTime.night
  /// The domains that are told of.
  public var domains = [
    "riv:clinicalprocess:logistics:logistics", "riv:clinicalprocess:healthcond:description",
    "riv:crm:scheduling",
  ]
  /// The source systems, by HSA-id, whose posts are the gateway's; all others are left alone.
  public var sources: [String] = []
  /// The most posts in one Update, 1 to 1000.
  public var most = 1000

  /// Tells the index, and reconciles nothing.
  public init() {}
}

/// A time of the day in a time zone.
public struct DailyTime: Sendable, Equatable {
  private let hour, minute: Int
  private let zone: TimeZone

  /// 03:30 in Sweden.
  static let night = DailyTime(hour: 3, minute: 30, zone: TimeZone(identifier: "Europe/Stockholm") ?? .gmt)

  private init(hour: Int, minute: Int, zone: TimeZone) {
    (self.hour, self.minute, self.zone) = (hour, minute, zone)
  }

  /// Nil for another text than `03:30`, or a zone that the system does not know.
  public init?(_ text: String, zone: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]),
      0...23 ~= hour, 0...59 ~= minute, let zone = TimeZone(identifier: zone)
    else { return nil }
    self.init(hour: hour, minute: minute, zone: zone)
  }

  /// The last time that it was this time of the day. On the day when the clock leaps over it, the moment of
  /// the leap.
  /// - Parameter time: now, in milliseconds since 1970, UTC; so is the answer.
  func last(at time: Int64) -> Int64 {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    // A moment later, for what is asked for may be now.
    let now = Date(timeIntervalSince1970: Double(time / 1000) + 1)
    let found = calendar.nextDate(
      after: now, matching: DateComponents(hour: hour, minute: minute, second: 0), matchingPolicy: .nextTime,
      direction: .backward)
    return found.map { Int64($0.timeIntervalSince1970) * 1000 } ?? Int64.min
  }
}
