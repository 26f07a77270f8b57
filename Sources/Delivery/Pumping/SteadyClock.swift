import Synchronization

/// A clock for what is due: as the system's, but it never goes back. When somebody sets the system's clock
/// back, it goes on from where it was until the other has come as far.
public final class SteadyClock: Sendable {
  private struct State {
    let begun: Reading
    var last: Reading
    /// How far the system's clock was ahead of the time that has really passed, each time that it was set.
    var leaps: [Int64] = [0]
  }

  private struct Reading {
    var time: Int64
    var ticks: Int64
  }

  /// By how much the system's clock is corrected without having been set, in milliseconds.
  private static let correction: Int64 = 30_000
  private static let mostLeaps = 64

  private let wall: @Sendable () -> Int64
  private let ticks: @Sendable () -> Int64
  private let state: Mutex<State>

  /// - Parameters:
  ///   - wall: milliseconds since 1970, UTC.
  ///   - ticks: milliseconds since any moment, never set.
  public init(wall: @escaping @Sendable () -> Int64, ticks: @escaping @Sendable () -> Int64) {
    self.wall = wall
    self.ticks = ticks
    let begun = Reading(time: wall(), ticks: ticks())
    state = Mutex(State(begun: begun, last: begun))
  }

  /// Milliseconds since 1970, UTC.
  public func now() -> Int64 {
    read { state, ticks in
      state.last = Reading(
        time: max(wall(), state.last.time + ticks - state.last.ticks), ticks: ticks)
      return state.last.time
    }
  }

  /// How long ago something was made that has its time from the system's clock, in milliseconds. Time that the clock
  /// leapt over while this one ran has not passed; where several times are possible, it is the latest.
  func age(of made: Int64) -> Int64 {
    read { state, ticks in
      let passed = state.begun.time + ticks - state.begun.ticks
      return state.leaps.map { passed - (made - $0) }.filter { $0 >= 0 }.min() ?? 0
    }
  }

  /// For how long this clock has been running, in milliseconds that have really passed.
  var running: Int64 { read { $1 - $0.begun.ticks } }

  private func read(_ use: (inout State, _ ticks: Int64) -> Int64) -> Int64 {
    state.withLock { state in
      let ticks = ticks()
      let leap = wall() - (state.begun.time + ticks - state.begun.ticks)
      if !state.leaps.contains(where: { abs($0 - leap) < Self.correction }) {
        state.leaps = state.leaps.suffix(Self.mostLeaps) + [leap]
      }
      return use(&state, ticks)
    }
  }
}
