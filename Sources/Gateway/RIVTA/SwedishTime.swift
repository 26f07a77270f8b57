import Foundation

/// Times as the contracts of RIV-TA write them: `YYYYMMDDhhmmss`, Swedish local time.
enum SwedishTime {
  private static let calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Stockholm") ?? .gmt
    return calendar
  }()
  /// The first and the last second of the years from 1900 to 9999, about.
  private static let range: ClosedRange<Int64> = -2_208_988_800_000...253_402_210_000_000

  /// - Parameter milliseconds: since 1970, UTC; what is before 1900 or after 9999 is taken for these.
  static func text(_ milliseconds: Int64) -> String {
    let time = min(max(milliseconds, range.lowerBound), range.upperBound)
    let date = Date(timeIntervalSince1970: Double(time) / 1000)
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    let rest = [parts.month, parts.day, parts.hour, parts.minute, parts.second].map { part in
      let digits = String(part ?? 0)
      return digits.count < 2 ? "0" + digits : digits
    }
    return String(parts.year ?? 0) + rest.joined()
  }
}
