/// `Retry-After` (RFC 9110, section 10.2.3) as seconds; dates are passed over, since clocks differ.
enum RetryAfter {
  /// Nobody is believed who says longer than an hour.
  private static let longest = 3600

  static func read(_ value: String?) -> Duration? {
    guard let seconds = value.flatMap({ Int($0) }), seconds >= 0 else { return nil }
    return .seconds(min(seconds, longest))
  }
}
