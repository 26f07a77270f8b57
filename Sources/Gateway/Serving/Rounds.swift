import Dispatch
import Foundation
import Store
import Synchronization

/// A thread of its own that does its round again and again: after each pause, and as soon as somebody asks.
final class Rounds: Sendable {
  private struct State {
    var isAsked = false
    var isRunning = false
    var isStopped = false
  }

  private let name: String
  private let pause: Duration
  private let patience: Double
  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - name: the thread's, for those who look at the process.
  ///   - patience: ``stop()`` leaves a round that takes longer behind, so that a hanging mount does not keep the
  ///     program from ending; in seconds.
  init(_ name: String, every pause: Duration, patience: Double = 5) {
    (self.name, self.pause, self.patience) = (name, pause, patience)
  }

  /// Starts the thread; its first round comes after a pause, or at once when somebody has asked.
  /// - Parameter begin: called once on the thread; gives the round, which is told whether somebody asked.
  func start(_ begin: @escaping @Sendable () -> (_ isAsked: Bool) -> Void) {
    state.withLock { $0.isRunning = true }
    let thread = Thread { [self] in
      let round = begin()
      while let isAsked = next() { round(isAsked) }
      done.signal()
    }
    thread.name = name
    thread.start()
  }

  /// Lets a round begin as soon as the one at hand has ended; returns at once.
  func ask() {
    state.withLock { $0.isAsked = true }
    wake.signal()
  }

  /// For long rounds, which should end.
  var isStopped: Bool { state.withLock(\.isStopped) }

  /// Ends after the round at hand. To be called once.
  func stop() {
    let isRunning = state.withLock { state in
      state.isStopped = true
      return state.isRunning
    }
    wake.signal()
    if isRunning { _ = done.wait(timeout: .now() + patience) }
  }

  /// Waits until it is time or somebody asks; nil when it is to end.
  private func next() -> Bool? {
    _ = wake.wait(timeout: .now() + pause.inSeconds)
    return state.withLock { state in
      defer { state.isAsked = false }
      return state.isStopped ? nil : state.isAsked
    }
  }
}
