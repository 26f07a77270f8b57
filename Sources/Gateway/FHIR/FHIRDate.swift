import Mapping

/// A date of a search, with its prefix (R4, 3.1.1.4.8 and 3.1.1.5.4).
///
/// Times have a range, of resources as of searches: `ge` and `le` want a moment in common with the range from or up
/// to the date, `gt` and `lt` with that behind or before it. No prefix, `eq` and `ap` want a moment in common with
/// the date itself: a visit over midnight is found on both its days.
enum FHIRDate {
  /// What a time must have a moment in common with, in milliseconds since 1970, UTC.
  static func times(_ value: String, _ calendar: HubCalendar) throws(FHIRFault) -> ClosedRange<Int64> {
    let prefix = String(value.prefix { $0.isLetter })
    guard let times = calendar.times(String(value.dropFirst(prefix.count))) else {
      throw .invalid("a date is written as 2026-11-21 or 2026-11-21T09:15:00+01:00, after a prefix if any")
    }
    switch prefix {
    case "", "eq", "ap": return times
    case "ge": return times.lowerBound...Int64.max
    case "gt": return min(times.upperBound, Int64.max - 1) + 1...Int64.max
    case "le": return Int64.min...times.upperBound
    case "lt": return Int64.min...max(times.lowerBound, Int64.min + 1) - 1
    default: throw .unsupported("of the prefixes of dates eq, ge, gt, le, lt and ap are supported")
    }
  }
}
