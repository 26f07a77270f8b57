import Synchronization

/// The deliveries that this gateway is at work on, as it knows: what the database holds for it beyond these
/// was taken by an answer that never came.
final class PostgreSQLTaken: Sendable {
  /// How often each was taken: a report may have freed one that is taken again before the report is told.
  private let counts = Mutex<[Int64: Int]>([:])

  /// What was taken with the report of the one before, by that one's number, until the report is told.
  private let followers = Mutex<[Int64: Follower]>([:])

  private struct Follower {
    let delivery: DueDelivery
    let asked: ContinuousClock.Instant
  }

  func follow(_ number: Int64, by delivery: DueDelivery) {
    followers.withLock { $0[number] = Follower(delivery: delivery, asked: .now) }
  }

  func forgetFollower(of number: Int64) { followers.withLock { $0[number] = nil } }

  /// What follows a delivery that was reported, and whether it comes in time.
  func follower(of number: Int64, within delay: Duration) -> (delivery: DueDelivery, isInTime: Bool)? {
    followers.withLock { $0.removeValue(forKey: number) }.map { ($0.delivery, .now - $0.asked < delay) }
  }

  var numbers: [Int64] { counts.withLock { Array($0.keys) } }

  func add(_ numbers: [Int64]) {
    counts.withLock { counts in
      for number in numbers { counts[number, default: 0] += 1 }
    }
  }

  func remove(_ numbers: [Int64]) {
    counts.withLock { counts in
      for number in numbers {
        guard let count = counts[number] else { continue }
        counts[number] = count > 1 ? count - 1 : nil
      }
    }
  }
}
