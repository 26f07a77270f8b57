import Store
import Synchronization

/// The messages that wait for their translation, in the order in which they are stored.
///
/// New ones come straight from their receipt, on their way to the disk; a record of one is written behind it. Those
/// that there was no room for, and those of an earlier run, come from the store. Where several gateways share the
/// store, one translates for all, and the store alone tells the order.
final class UntranslatedMessages: Sendable {
  /// Messages on their way to the disk, by their ids.
  private struct Announced {
    private var messages: [String: (number: Int, message: NewMessage)] = [:]

    var isEmpty: Bool { messages.isEmpty }
    var count: Int { messages.count }
    /// As they were announced.
    var inOrder: [NewMessage] { messages.values.sorted { $0.number < $1.number }.map(\.message) }

    mutating func add(_ message: NewMessage, _ number: Int) { messages[message.id] = (number, message) }

    /// Whether it was there.
    mutating func remove(_ message: NewMessage) -> Bool { messages.removeValue(forKey: message.id) != nil }

    mutating func add(_ others: Announced) { messages.merge(others.messages) { $1 } }
  }

  /// What comes next.
  private enum Next {
    case messages([NewMessage])
    /// Those of the store behind that one, or its first.
    case page(after: String?)
  }

  private struct State {
    var waiting: [NewMessage] = []
    /// Those on their way to the disk that are taken already.
    var early = Announced()
    /// Whether the store is to be read on, behind ``newest``, once those that are taken already are in it.
    var isReading = true
    /// Those on their way to the disk meanwhile.
    var arriving = Announced()
    /// How many were announced.
    var announced = 0
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

    mutating func next(_ limit: Int) -> Next {
      let taken = Array(waiting.prefix(limit))
      waiting.removeFirst(taken.count)
      guard taken.isEmpty, isReading, early.isEmpty else { return .messages(taken) }
      isBehind = false
      return .page(after: newest)
    }

    /// All is taken again from the store.
    mutating func startAgain() {
      var state = State()
      state.announced = announced
      state.arriving = early
      state.arriving.add(arriving)
      self = state
    }

    /// The store has no others: those on their way come next.
    mutating func goOnWithArriving() {
      isReading = false
      waiting = arriving.inOrder
      (early, arriving) = (arriving, Announced())
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
    if store.isShared { return false }
    return state.withLock { state in
      state.announced += 1
      guard !state.isReading, state.waiting.count < mostWaiting else {
        state.isReading = true
        state.arriving.add(message, state.announced)
        return false
      }
      state.early.add(message, state.announced)
      state.waiting.append(message)
      return state.waiting.count == 1
    }
  }

  /// A message that was announced, unless the store refused it at once, is stored or never will be.
  /// - Returns: whether somebody has to be woken.
  func settle(_ message: NewMessage, isStored: Bool) -> Bool {
    state.withLock { state in
      if store.isShared { return isStored && state.fallBehind() }
      if state.early.remove(message) {
        if isStored { state.newest = message.id }
        return state.isReading && state.early.isEmpty
      }
      return state.arriving.remove(message) && isStored && state.fallBehind()
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
      let newest: String?
      switch state.withLock({ $0.next(limit) }) {
      case .messages(let taken): return taken
      case .page(let last): newest = last
      }
      let page = try store.untranslated(after: newest, limit: limit).map(\.message)
      let isAtEnd = state.withLock { state in
        for message in page { _ = state.arriving.remove(message) }
        state.newest = page.last?.id ?? newest
        guard page.isEmpty, !state.isBehind else { return false }
        if store.isShared || state.arriving.count > mostWaiting { return true }
        state.goOnWithArriving()
        return false
      }
      if !page.isEmpty || isAtEnd { return page }
    }
  }

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
