/// Which content key: there is one for each mapping and day, so that it can be destroyed when the last message of both
/// is gone.
struct ContentKeyName: Hashable, Sendable {
  private static let millisecondsOfDay: Int64 = 86_400_000

  /// The mapping of the messages.
  let mapping: String
  /// The day on which they were received, in days since 1970, UTC.
  let day: Int64

  init(mapping: String, day: Int64) {
    (self.mapping, self.day) = (mapping, day)
  }

  /// Nil for no day, which a row has whose content is stored as it is.
  init?(mapping: String, day: Int64?) {
    guard let day else { return nil }
    self.init(mapping: mapping, day: day)
  }

  init(of message: NewMessage) {
    self.init(mapping: message.mapping, day: Self.day(of: message.received))
  }

  /// - Parameter time: milliseconds since 1970, UTC.
  static func day(of time: Int64) -> Int64 {
    let (day, rest) = time.quotientAndRemainder(dividingBy: millisecondsOfDay)
    return rest < 0 ? day - 1 : day
  }

  /// What its wrapping is bound to.
  var context: [UInt8] { Array("content key \(day) \(mapping)".utf8) }
}
