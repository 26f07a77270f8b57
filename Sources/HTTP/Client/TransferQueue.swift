import Synchronization

/// The bounded way from everybody to the client's one thread.
final class TransferQueue: Sendable {
  private struct State {
    var arrived: [Transfer] = []
    /// Transfers that were taken from here and have not begun.
    var waiting = 0
    /// Nil when the queue is closed; nobody wakes the handle after that.
    var multi: MultiHandle?
  }

  private let maximum: Int
  private let state: Mutex<State>

  init(maximum: Int, waking multi: MultiHandle) {
    self.maximum = maximum
    state = Mutex(State(multi: multi))
  }

  /// Nil when the transfer was taken, else why not.
  func add(_ transfer: Transfer) -> HTTPClientError? {
    state.withLock { state in
      guard let multi = state.multi else { return .closed }
      guard state.arrived.count + state.waiting < maximum else {
        return .unsent(.overloaded, reason: "\(maximum) requests wait already")
      }
      state.arrived.append(transfer)
      if state.arrived.count == 1 { multi.wake() }
      return nil
    }
  }

  /// Takes what has arrived; nil when the queue is closed and empty.
  func take(waiting: Int) -> [Transfer]? {
    state.withLock { state in
      defer { state.arrived = [] }
      if state.multi == nil, state.arrived.isEmpty { return nil }
      state.waiting = waiting + state.arrived.count
      return state.arrived
    }
  }

  /// Refuses what comes from now on; false when it was closed already.
  func close() -> Bool {
    state.withLock { state in
      guard let multi = state.multi else { return false }
      multi.wake()
      state.multi = nil
      return true
    }
  }

  var isClosed: Bool { state.withLock { $0.multi == nil } }
}
