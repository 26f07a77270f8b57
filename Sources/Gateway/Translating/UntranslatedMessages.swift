import Store
import Synchronization

/// The messages that wait for their translation, in the order in which they were committed: new ones come
/// straight from their receipt, those that there was no room for and those of an earlier run from the store. Where
/// several gateways share the store, one translates for all, and the store alone tells the order.
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

  private static let mostWaiting = 2048

  private let store: any MessageStore
  private let state = Mutex(State())

  init(_ store: any MessageStore) {
    self.store = store
  }

  /// Takes a message that is committed.
  /// - Returns: whether nothing waited before.
  func add(_ message: NewMessage) -> Bool {
    state.withLock { state in
      if state.isHeldBack { return false }
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

  /// Something was committed of which nobody was told here; nothing that is waited for when another gateway
  /// translates.
  /// - Returns: whether nothing waited before.
  func look() -> Bool {
    state.withLock { state in
      guard !state.isHeldBack, let reading = state.reading, !reading.isBehind else { return false }
      state.reading?.isBehind = true
      return true
    }
  }

  /// Another gateway on the same database translates no more, or nobody could be heard for a while.
  func lookForAbandoned() {
    state.withLock { $0.mayBeOthers = true }
  }

  /// Whether the store has others than are known here, so that it is to be started again.
  var mayBeOthers: Bool { state.withLock { $0.mayBeOthers } }

  /// Whether another gateway translates for all.
  var isHeldBack: Bool { state.withLock { $0.isHeldBack } }

  /// The next ones; none when all are taken, or another gateway translates.
  /// - Throws: when the store can't be read; they are still there then.
  func next(_ limit: Int) throws(StoreError) -> [NewMessage] {
    guard try leads() else { return [] }
    while true {
      let (first, reading) = state.withLock { state in
        let first = Array(state.waiting.prefix(limit))
        state.waiting.removeFirst(first.count)
        return (first, state.reading)
      }
      guard first.isEmpty, let reading else { return first }
      state.withLock { $0.reading?.isBehind = false }
      let page = try store.untranslated(after: reading.last, limit: limit).map(\.message)
      let isAtEnd = state.withLock { state in
        if let last = page.last { state.reading?.last = last.id }
        guard page.isEmpty, state.reading?.isBehind == false else { return false }
        if !store.isShared { state.reading = nil }
        return true
      }
      if !page.isEmpty || isAtEnd { return page }
    }
  }

  private func leads() throws(StoreError) -> Bool {
    let leads = try store.leadsTranslation()
    state.withLock { $0 = leads && !$0.isHeldBack ? $0 : State(isHeldBack: !leads) }
    return leads
  }

  /// Something that was taken is not done: all is taken again from the store.
  func startAgain() {
    state.withLock { $0 = State() }
  }
}
