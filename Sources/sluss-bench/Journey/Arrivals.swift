import Synchronization

/// When messages were sent, and how long each took to its target.
final class Arrivals: Sendable {
  private struct State {
    var count = 0
    /// By the messages' ids; what arrives before its sender knows its id waits here as well.
    var sent: [String: ContinuousClock.Instant] = [:]
    var early: [String: ContinuousClock.Instant] = [:]
    var took: [Duration] = []
    var isWatching = false
  }

  private let state = Mutex(State())

  /// How many have arrived.
  var count: Int { state.withLock { $0.count } }

  /// From now on each is timed.
  func watch() { state.withLock { $0.isWatching = true } }

  func sent(_ id: String, at time: ContinuousClock.Instant) {
    state.withLock { state in
      if let arrived = state.early.removeValue(forKey: id) {
        state.took.append(arrived - time)
      } else {
        state.sent[id] = time
      }
    }
  }

  func arrived(_ id: String) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.count += 1
      guard state.isWatching else { return }
      if let sent = state.sent.removeValue(forKey: id) {
        state.took.append(now - sent)
      } else {
        state.early[id] = now
      }
    }
  }

  /// What was timed, the shortest first; it is forgotten.
  func times() -> [Duration] {
    state.withLock { state in
      defer { state = State(count: state.count) }
      return state.took.sorted()
    }
  }
}
