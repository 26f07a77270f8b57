/// How a gateway that does not translate sees whether the one that does gets on. A sign of life says only that its
/// process lives; that the oldest message which waits is another one than before says that it translates.
struct TranslatorWatch: Sendable {
  private struct Sight: Equatable {
    let leader: Int64
    let oldest: Int64
  }

  private var seen: (sight: Sight, since: ContinuousClock.Instant)?
  /// How often this gateway has taken over because of a message: each time it waits twice as long, so that one that
  /// takes long everywhere is done at last by somebody.
  private var replaced: (oldest: Int64, times: Int) = (0, 0)

  /// Whether the same message has been the oldest for too long.
  /// - Parameters:
  ///   - leader: the gateway that translates.
  ///   - oldest: the first message that waits; nil for none.
  mutating func isStuck(
    _ leader: Int64, _ oldest: Int64?, at now: ContinuousClock.Instant, patience: Duration
  ) -> Bool {
    let sight = oldest.map { Sight(leader: leader, oldest: $0) }
    guard let seen, seen.sight == sight else {
      seen = sight.map { ($0, now) }
      return false
    }
    let times = replaced.oldest == seen.sight.oldest ? replaced.times : 0
    return now - seen.since > patience * (1 << min(times, 16))
  }

  /// This gateway has taken over because of that message.
  mutating func tookOver(at oldest: Int64) {
    replaced = (oldest, replaced.oldest == oldest ? replaced.times + 1 : 1)
    seen = nil
  }
}
