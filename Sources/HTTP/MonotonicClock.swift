import Foundation

/// Nanoseconds that never jump, for deadlines; a few milliseconds coarse.
enum MonotonicClock {
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  var milliseconds: Int64 { nanoseconds / 1_000_000 }
}
