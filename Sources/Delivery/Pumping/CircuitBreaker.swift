/// Keeps deliveries from a target that is down, so that an outage uses up nobody's attempts: after some failures
/// in a row it is open for a while, then one delivery probes.
struct CircuitBreaker {
  /// Milliseconds, as the caller's clock has them.
  typealias Time = Int64

  private enum State {
    case closed(failures: Int)
    case open(until: Time, times: Int)
    case probing(times: Int)
  }

  private var state = State.closed(failures: 0)
  private let threshold = 5
  private let pauses: ClosedRange<Time> = 1000...60_000

  /// How many of so many deliveries may begin now.
  mutating func allowed(_ wanted: Int, at now: Time, underWay: Int) -> Int {
    switch state {
    case .closed: return wanted
    case .open(let until, let times) where now >= until:
      state = .probing(times: times)
      return min(1, wanted)
    case .open: return 0
    case .probing: return underWay == 0 ? min(1, wanted) : 0
    }
  }

  /// When deliveries may begin again; `nil` when they may now or somebody probes.
  var opensAgain: Time? { if case .open(let until, _) = state { until } else { nil } }

  /// Whether the target is taken for down.
  var isOpen: Bool { if case .closed = state { false } else { true } }

  /// Somebody answered, whatever it was.
  mutating func reached() { state = .closed(failures: 0) }

  /// Nobody answered.
  /// - Parameter random: from 0 up to but not 1, so that not all gateways probe at once.
  mutating func missed(at now: Time, random: Double) {
    switch state {
    case .closed(let failures) where failures + 1 < threshold: state = .closed(failures: failures + 1)
    case .closed: open(times: 0, now, random)
    case .probing(let times): open(times: times + 1, now, random)
    case .open: break
    }
  }

  private mutating func open(times: Int, _ now: Time, _ random: Double) {
    let longest = min(pauses.upperBound, pauses.lowerBound << Time(min(times, 10)))
    state = .open(until: now + longest / 2 + Time(Double(longest) / 2 * random), times: times)
  }
}
