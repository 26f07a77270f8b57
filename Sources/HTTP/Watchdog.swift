import Foundation
import Synchronization

/// Closes connections that take too long, from a thread of its own.
final class Watchdog: Sendable {
  private struct State {
    var watches: [ObjectIdentifier: ConnectionWatch] = [:]
    var linger = Linger()
    var isStopped = false
  }

  private static let sweepEvery: Int64 = 250_000_000
  private let state = Mutex(State())

  func add(_ watch: ConnectionWatch) {
    state.withLock { $0.watches[ObjectIdentifier(watch)] = watch }
  }

  /// To be called while the socket is still open, so that no stranger's descriptor is ever shut down.
  func remove(_ watch: ConnectionWatch) {
    state.withLock {
      $0.watches[ObjectIdentifier(watch)] = nil
      if watch.needsLinger { $0.linger.add(watch.socket) }
    }
  }

  /// The exchanges that wait for their answers.
  var pending: [Exchange] {
    state.withLock { Array($0.watches.values) }.compactMap(\.current)
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "http-watchdog"
    thread.start()
  }

  func stop() {
    state.withLock { $0.isStopped = true }
  }

  private func run() {
    var nextSweep = MonotonicClock.now + Self.sweepEvery
    while let lingers = step(&nextSweep) {
      usleep(lingers ? 5_000 : 50_000)
    }
  }

  /// Whether some connections linger; nil when it is time to end.
  private func step(_ nextSweep: inout Int64) -> Bool? {
    let now = MonotonicClock.now
    let isDue = now >= nextSweep
    if isDue { nextSweep = now + Self.sweepEvery }
    return state.withLock { state in
      state.linger.drain(at: state.isStopped ? .max : now)
      if isDue { for watch in state.watches.values { watch.enforce(at: now) } }
      return state.isStopped ? nil : !state.linger.isEmpty
    }
  }
}
