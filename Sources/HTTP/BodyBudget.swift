import Synchronization

/// The bytes that all bodies together may still take.
final class BodyBudget: Sendable {
  private let limit: Int
  private let used = Atomic<Int>(0)

  init(limit: Int) {
    self.limit = limit
  }

  /// Whether that many bytes would fit now; takes nothing.
  func hasRoom(for bytes: Int) -> Bool {
    used.load(ordering: .relaxed) + bytes <= limit
  }

  /// Takes the bytes; takes nothing and says false when they do not fit.
  func take(_ bytes: Int) -> Bool {
    guard used.add(bytes, ordering: .relaxed).newValue > limit else { return true }
    release(bytes)
    return false
  }

  func release(_ bytes: Int) {
    used.subtract(bytes, ordering: .relaxed)
  }
}
