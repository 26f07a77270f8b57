import Store
import Synchronization

/// The messages that wait for their translation, in the order in which they are stored.
///
/// New ones come straight from their receipt, on their way to the disk; a record of one is written behind it. Those
/// that there was no room for, and those of an earlier run, come from the store. Where several gateways share the
/// store, one translates for all, and the store alone tells the order.
final class UntranslatedMessages: Sendable {
  private struct State {
    var waiting: [NewMessage] = []
    /// Those on their way to the disk that are taken already, as they were announced.
    var early: [NewMessage] = []
    /// Whether the store is to be read on, behind ``newest``, once those that are taken already are in it.
    var isReading = true
    /// Those on their way to the disk meanwhile, likewise.
    var arriving: [NewMessage] = []
    /// Whether something was stored since the last page was asked for.
    var isBehind = false
    /// The last one in the store that was taken; nil for none.
    var newest: String?
    var mayBeOthers = false
    var isHeldBack = false

    /// Something is to be read.
    /// - Returns: whether nothing was before.
    mutating func fallBehind() -> Bool {
      defer { isBehind = true }
      return !isBehind && !isHeldBack
    }

    /// All is taken again from the store.
    mutating func startAgain() {
      var state = State()
      state.arriving = early + arriving
      self = state
    }

    /// The store has no others: those on their way come next.
    mutating func goOnWithArriving() {
      isReading = false
      (waiting, early, arriving) = (arriving, arriving, [])
    }
  }

  private let store: any MessageStore
  private let mostWaiting: Int
  private let state = Mutex(State())

  /// - Parameter mostWaiting: how many are kept in memory.
  init(_ store: any MessageStore, mostWaiting: Int = 2048) {
    self.store = store
    self.mostWaiting = mostWaiting
  }

  /// Takes a message that will be stored behind all others that were announced before.
  /// - Returns: whether somebody has to be woken.
  func announce(_ message: NewMessage) -> Bool {
    state.withLock { state in
      guard hasRoom(state) else {
        state.isReading = true
        state.arriving.append(message)
        return false
      }
      state.early.append(message)
      state.waiting.append(message)
      return state.waiting.count == 1
    }
  }

  /// An announced message is stored, or never will be.
  /// - Returns: whether somebody has to be woken.
  func settle(_ message: NewMessage, isStored: Bool) -> Bool {
    state.withLock { state in
      if state.early.removeFirst(message) {
        if isStored { state.newest = message.id }
        return state.isReading && state.early.isEmpty
      }
      return state.arriving.removeFirst(message) && isStored && state.fallBehind()
    }
  }

  /// Takes a message that is stored and was not announced.
  /// - Returns: whether somebody has to be woken.
  func add(_ message: NewMessage) -> Bool {
    state.withLock { state in
      if !hasRoom(state) {
        state.isReading = true
        // Those that are taken already may stand before and behind it in the store.
        if state.early.isEmpty { return state.fallBehind() }
      }
      state.waiting.append(message)
      state.newest = message.id
      return state.waiting.count == 1
    }
  }

  /// Something was stored of which nobody was told here; nothing that is waited for when another gateway
  /// translates.
  /// - Returns: whether somebody has to be woken.
  func look() -> Bool {
    state.withLock { $0.isReading && $0.fallBehind() }
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
      let (taken, newest) = state.withLock { state -> ([NewMessage], String??) in
        let taken = Array(state.waiting.prefix(limit))
        state.waiting.removeFirst(taken.count)
        guard taken.isEmpty, state.isReading, state.early.isEmpty else { return (taken, nil) }
        state.isBehind = false
        return ([], .some(state.newest))
      }
      guard let newest else { return taken }
      let page = try store.untranslated(after: newest, limit: limit).map(\.message)
      let isAtEnd = state.withLock { state in
        for message in page { _ = state.arriving.removeFirst(message) }
        state.newest = page.last?.id ?? newest
        guard page.isEmpty, !state.isBehind else { return false }
        if !store.isShared { state.goOnWithArriving() }
        return store.isShared
      }
      if !page.isEmpty || isAtEnd { return page }
    }
  }

  private func hasRoom(_ state: State) -> Bool { !state.isReading && state.waiting.count < mostWaiting }

  private func leads() throws(StoreError) -> Bool {
    let leads = try store.leadsTranslation()
    state.withLock { state in
      if leads, !state.isHeldBack { return }
      state.startAgain()
      state.isHeldBack = !leads
    }
    return leads
  }

  /// Something that was taken is not done: all is taken again from the store.
  func startAgain() {
    state.withLock { $0.startAgain() }
  }
}

extension [NewMessage] {
  /// Whether it was there. Most are the first.
  fileprivate mutating func removeFirst(_ message: NewMessage) -> Bool {
    guard let place = firstIndex(where: { $0.id == message.id }) else { return false }
    remove(at: place)
    return true
  }
}
