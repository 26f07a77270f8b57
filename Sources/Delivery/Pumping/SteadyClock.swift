import Synchronization

/// A clock for what is due: as the system's, but it never goes back. When somebody sets the system's clock
/// back, it goes on from where it was until the other has come as far.
public final class SteadyClock: Sendable {
  private struct Reading {
    var time: Int64
    var ticks: Int64
  }

  private let wall: @Sendable () -> Int64
  private let ticks: @Sendable () -> Int64
  private let last: Mutex<Reading>

  /// - Parameters:
  ///   - wall: milliseconds since 1970, UTC.
  ///   - ticks: milliseconds since any moment, never set.
  public init(wall: @escaping @Sendable () -> Int64, ticks: @escaping @Sendable () -> Int64) {
    self.wall = wall
    self.ticks = ticks
    last = Mutex(Reading(time: wall(), ticks: ticks()))
  }

  /// How far it is ahead of the system's, in milliseconds: that was set back, or is being waited for.
  var lead: Int64 { max(0, now() - wall()) }

  /// Milliseconds since 1970, UTC.
  public func now() -> Int64 {
    last.withLock { last in
      let ticks = ticks()
      last = Reading(time: max(wall(), last.time + ticks - last.ticks), ticks: ticks)
      return last.time
    }
  }
}
