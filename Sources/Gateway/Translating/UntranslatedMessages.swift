import Store
import Synchronization

/// The messages that wait for their translation, in the order in which they were committed: new ones come
/// straight from their receipt, those that there was no room for and those of an earlier run from the store.
final class UntranslatedMessages: Sendable {
  private struct State {
    var waiting: [NewMessage] = []
    /// Where the store's messages are to be read on; nothing is kept in `waiting` meanwhile.
    var reading: Reading? = Reading()
    /// Whether another gateway may have left some.
    var mayBeAbandoned = false
  }

  private struct Reading {
    /// The last message read; nil for the beginning.
    var last: String?
    /// Whether something was committed since the last page was asked for.
    var isBehind = false
  }

  private static let mostWaiting = 4096
  /// Milliseconds until another gateway may take them, when this one shows no sign of life.
  private static let lease: Int64 = 60_000

  private let store: any MessageStore
  private let state = Mutex(State())

  init(_ store: any MessageStore) {
    self.store = store
  }

  /// Takes a message that is committed.
  /// - Returns: whether nothing waited before.
  func add(_ message: NewMessage) -> Bool {
    state.withLock { state in
      if state.reading != nil {
        defer { state.reading?.isBehind = true }
        return state.reading?.isBehind == false
      }
      guard state.waiting.count < Self.mostWaiting else {
        // The newest in memory stands before it in the store.
        state.reading = Reading(last: state.waiting.last?.id, isBehind: true)
        return false
      }
      state.waiting.append(message)
      return state.waiting.count == 1
    }
  }

  /// Another gateway on the same database is gone, with what it had taken.
  func lookForAbandoned() {
    state.withLock { $0.mayBeAbandoned = true }
  }

  /// The next ones; none when all are taken.
  /// - Throws: when the store can't be read; they are still there then.
  func next(_ limit: Int) throws(StoreError) -> [NewMessage] {
    if state.withLock({ $0.mayBeAbandoned }) {
      let page = try store.takeAbandoned(lease: Self.lease, limit: limit).map(\.message)
      if !page.isEmpty { return page }
      state.withLock { $0.mayBeAbandoned = false }
    }
    while true {
      let (taken, reading) = state.withLock { state in (Self.take(limit, from: &state), state.reading) }
      guard taken.isEmpty, let reading else { return taken }
      state.withLock { $0.reading?.isBehind = false }
      let page = try store.takeUntranslated(
        after: reading.last, lease: Self.lease, limit: limit
      ).map(\.message)
      state.withLock { state in
        if let last = page.last {
          state.reading?.last = last.id
        } else if state.reading?.isBehind == false {
          state.reading = nil
        }
      }
      if !page.isEmpty { return page }
    }
  }

  /// Something that was taken is not done: all is taken again from the store.
  func startAgain() {
    state.withLock { $0 = State() }
  }

  private static func take(_ limit: Int, from state: inout State) -> [NewMessage] {
    let taken = Array(state.waiting.prefix(limit))
    state.waiting.removeFirst(taken.count)
    return taken
  }
}
