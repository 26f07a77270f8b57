import Synchronization

/// The deliveries that this gateway is at work on, as it knows: what the database holds for it beyond these
/// was taken by an answer that never came.
final class PostgreSQLTaken: Sendable {
  /// How often each was taken: a report may have freed one that is taken again before the report is told.
  private let counts = Mutex<[Int64: Int]>([:])

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
