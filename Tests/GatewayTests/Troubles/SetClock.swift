import Foundation
import Synchronization

/// A machine's clock that somebody sets.
final class SetClock: Sendable {
  private let ahead = Mutex<Int64>(0)

  /// Milliseconds since 1970, UTC.
  func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) + ahead.withLock { $0 } }

  /// Sets it so many days ahead of the real time; negative: behind.
  func set(daysAhead days: Int64) { ahead.withLock { $0 = days * 86_400_000 } }
}
