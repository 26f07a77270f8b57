import Synchronization

/// Ids that grow, without chance or clock.
final class Counter: Sendable {
  private let last = Atomic<Int>(0)

  func next() -> String {
    let number = String(last.add(1, ordering: .relaxed).newValue)
    return String(repeating: "0", count: 12 - number.count) + number
  }
}
