/// Durations as files write them: `500 ms`, `30 s`, `15 min`, `72 h`, `14 d`.
public enum DurationText {
  private static let milliseconds = ["ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000]

  /// The duration; `nil` when the text is none or says nothing.
  public static func read(_ text: some StringProtocol) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = Int(digits), number > 0, number <= 1_000_000, let factor = milliseconds[String(unit)]
    else { return nil }
    return .milliseconds(number * factor)
  }
}
