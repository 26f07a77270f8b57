import Synchronization

/// Records that are right only one after another: once one of them is not stored, none behind it is.
///
/// So several may be on their way to the disk at once.
public final class RecordingOrder: Sendable {
  /// Where records stand among the others.
  struct Place: Sendable {
    fileprivate let order: RecordingOrder
    fileprivate let number: Int

    /// Throws ``StoreError/stale`` when one before is not stored.
    func check() throws(StoreError) {
      guard order.state.withLock({ number < $0.end }) else { throw .stale }
    }

    /// These are not stored.
    func end() {
      order.state.withLock { $0.end = min($0.end, number) }
    }
  }

  private struct State {
    var count = 0
    /// The first one that is not stored.
    var end = Int.max
  }

  private let state = Mutex(State())

  /// There are none yet.
  public init() {}

  /// The place of those that come next.
  func next() -> Place {
    state.withLock { state in
      state.count += 1
      return Place(order: self, number: state.count)
    }
  }
}
