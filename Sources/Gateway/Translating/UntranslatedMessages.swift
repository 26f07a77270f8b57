import Store
import Synchronization

/// The messages that wait for their translation, in the order in which they were committed: new ones come
/// straight from their receipt, those that there was no room for and those of an earlier run from the store.
final class UntranslatedMessages: Sendable {
  private struct State {
    var waiting: [NewMessage] = []
    /// Where the store's messages are to be read on; nothing is kept in `waiting` meanwhile.
    var reading: Reading? = Reading()
    var mayBeOthers = false
    var isHeldBack = false
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
    state.withLock { $0.mayBeOthers = true }
  }

  /// Whether the store has others than are known here, so that it is to be started again.
  var mayBeOthers: Bool { state.withLock { $0.mayBeOthers } }

  /// Whether earlier ones wait at another gateway.
  var isHeldBack: Bool { state.withLock { $0.isHeldBack } }

  /// The next ones; none when all are taken, or none is in turn.
  /// - Throws: when the store can't be read; they are still there then.
  func next(_ limit: Int) throws(StoreError) -> [NewMessage] {
    while true {
      let (first, reading) = state.withLock { (Array($0.waiting.prefix(limit)), $0.reading) }
      if !first.isEmpty { return try inTurn(first) { state, count in state.waiting.removeFirst(count) } }
      guard let reading else {
        state.withLock { $0.isHeldBack = false }
        return []
      }
      state.withLock { $0.reading?.isBehind = false }
      let page = try store.takeUntranslated(after: reading.last, lease: Self.lease, limit: limit)
        .map(\.message)
      if !page.isEmpty {
        return try inTurn(page) { state, count in state.reading?.last = page[count - 1].id }
      }
      state.withLock { state in
        if state.reading?.isBehind == false { state.reading = nil }
      }
    }
  }

  private func inTurn(
    _ messages: [NewMessage], take: (inout State, Int) -> Void
  ) throws(StoreError) -> [NewMessage] {
    let count = try store.countInTurn(messages.map(\.id))
    state.withLock { state in
      state.isHeldBack = count < messages.count
      if count > 0 { take(&state, count) }
    }
    return Array(messages.prefix(count))
  }

  /// Something that was taken is not done: all is taken again from the store.
  func startAgain() {
    state.withLock { $0 = State() }
  }
}
