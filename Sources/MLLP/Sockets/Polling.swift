import Foundation

/// Waiting for sockets: poll(2).
enum Polling {
  /// Waits until one of them is ready or the time has come; `Int64.max` for no limit. Fills in what is ready.
  static func wait(_ entries: inout [pollfd], until deadline: Int64) {
    poll(&entries, nfds_t(entries.count), timeout(deadline - MonotonicClock.now))
  }

  /// Waits for one socket; false when the time has come first.
  static func wait(for socket: Socket, _ events: Int32, until deadline: Int64) -> Bool {
    while true {
      var entry = pollfd(fd: socket.descriptor, events: Int16(events), revents: 0)
      let remaining = deadline - MonotonicClock.now
      if poll(&entry, 1, timeout(remaining)) > 0 { return true }
      if remaining <= 0 { return false }
    }
  }

  /// In milliseconds, never too short and at most a minute.
  private static func timeout(_ nanoseconds: Int64) -> Int32 {
    Int32((min(max(nanoseconds, 0), 60_000_000_000) + 999_999) / 1_000_000)
  }
}
