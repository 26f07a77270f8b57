import Foundation
import Mapping
import Store
import Synchronization

/// Translates messages on a thread of its own, in the order in which they are stored, each with the mappings that are
/// served when its turn comes. It begins while a message is on its way to the disk, so that what comes of it goes there
/// with it.
///
/// Messages are worked out on all cores at once and gathered in a batch, which is recorded as a whole. It grows while
/// others are on their way to the disk, as long as there are messages to work out. None is stored without those
/// before, so that no message overtakes an earlier one because of a write that failed.
///
/// A message that was worked out without knowing what is not on disk yet, but should have, is put aside and worked out
/// anew once that is on disk, together with all others that wait for nothing else. Others overtake it, but none that
/// has a delivery in the same lane, tells of the same patient, or changes what it is about: what comes of messages, and
/// the order of each lane, is as if they were translated one after another.
final class TranslationWorker: MessageFollower {
  /// How many are taken from those that wait.
  private static let batchSize = 512
  /// How many are worked out at once, before it looks whether they are to be stored.
  private static let portion = 64
  /// How many may be put aside before no others are taken; after each commit all of them are looked through.
  private static let mostAside = 128
  /// How many batches may be on their way to the disk. A shared store is faster with one larger one.
  private let mostSending: Int
  /// In which messages that are held back are looked for anew, in case that they are another's by now.
  private static let patience = 1.0
  /// How long it waits after the store has failed.
  private static let pauseAfterFault = 0.2

  private let translation: MessageTranslation
  private let store: any MessageStore
  private let messages: UntranslatedMessages
  private let outbox: Outbox
  private let tell: @Sendable (TranslationEvent) -> Void
  private let isStopped = Atomic(false)
  private let wake = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// - Parameter tell: told of each message once it is recorded, on a thread of the store.
  init(
    _ translation: MessageTranslation, _ store: any MessageStore, _ outbox: Outbox,
    tell: @escaping @Sendable (TranslationEvent) -> Void
  ) {
    self.translation = translation
    self.store = store
    self.outbox = outbox
    self.tell = tell
    messages = UntranslatedMessages(store)
    mostSending = store.isShared ? 1 : 8
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-translate"
    thread.start()
  }

  func announce(_ message: NewMessage) {
    if messages.announce(message) { wake.signal() }
  }

  func settle(_ message: NewMessage, isStored: Bool) {
    if messages.settle(message, isStored: isStored) { wake.signal() }
  }

  /// Another gateway on the same database may have left messages, or something was stored that nobody was told of.
  func lookForAbandoned() {
    messages.lookForAbandoned()
    wake.signal()
  }

  /// Another gateway has stored messages.
  func look() {
    if messages.look() { wake.signal() }
  }

  /// Ends after the batch at hand; the rest waits in the store.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    wake.signal()
    done.wait()
  }

  /// What is under way.
  private struct Work {
    var window = RecordingWindow()
    var aside = PutAside()
    /// Those that were taken and not looked at yet.
    var taken: ArraySlice<NewMessage> = []

    /// Whether more messages may be worked out; else what was sent has to be on disk first.
    var hasRoom: Bool { !window.isFull && aside.count < TranslationWorker.mostAside }
  }

  private func run() {
    var work = Work()
    while !isStopped.load(ordering: .relaxed) {
      do throws(StoreError) {
        try goOn(&work)
      } catch {
        startAgain(&work)
        recover(from: error)
      }
    }
    finish(work)
    done.signal()
  }

  private func goOn(_ work: inout Work) throws(StoreError) {
    if messages.mayBeOthers {
      try work.window.settleAll()
      startAgain(&work)
    }
    if work.window.hasSettled || !work.hasRoom { try record(&work) }
    guard work.hasRoom else { return }
    if try translateMore(&work) { return }
    // Nothing is gained by waiting for more.
    submit(&work.window, beside: mostSending - 1)
    // The end of a commit wakes it as well as a message does.
    if work.window.sending > 0 { wake.wait() } else { rest() }
  }

  private func rest() {
    guard messages.isHeldBack else { return wake.wait() }
    if wake.wait(timeout: .now() + Self.patience) == .timedOut { messages.lookForAbandoned() }
  }

  /// What was sent first is on disk, and what had to wait for it goes on. The batch at hand is handed over once nothing
  /// is on its way.
  private func record(_ work: inout Work) throws(StoreError) {
    try work.window.settle()
    submit(&work.window)
    try work.aside.goOn(in: &work.window, translating: translate)
    submit(&work.window)
  }

  /// - Returns: whether there were any.
  private func translateMore(_ work: inout Work) throws(StoreError) -> Bool {
    if work.taken.isEmpty { work.taken = try messages.next(Self.batchSize)[...] }
    let portion = Array(work.taken.prefix(Self.portion))
    work.taken = work.taken.dropFirst(portion.count)
    for translated in try translate(portion) { work.aside.take(translated, in: &work.window) }
    return !portion.isEmpty
  }

  private func translate(_ messages: [NewMessage]) throws(StoreError) -> [TranslatedMessage] {
    let results = messages.mappedSideBySide { message in
      Result { () throws(StoreError) in try translation.translate(message) }
    }
    return try results.map { result throws(StoreError) in try result.get() }
  }

  /// Hands the batch at hand to the store, unless more others than that are on their way still.
  private func submit(_ window: inout RecordingWindow, beside others: Int = 0) {
    guard !window.isEmpty, window.sending <= others else { return }
    let (batch, commit) = window.send()
    store.record(batch.map(\.record.asFirst), inOrder: window.order) { [outbox, tell, wake] result in
      commit.end(result.map { _ in })
      wake.signal()
      guard case .success(let receipts) = result else { return tell(.unrecorded(batch.count)) }
      outbox.wake(Set(batch.flatMap { $0.record.deliveries.map(\.target) }))
      for case (let message, let receipts?) in zip(batch, receipts) { tell(.recorded(message, receipts)) }
    }
  }

  /// What is not on disk is taken again from the store.
  private func startAgain(_ work: inout Work) {
    work.window.abandon()
    work = Work()
    messages.startAgain()
  }

  /// Has the batch at hand recorded too; what was put aside waits in the store.
  private func finish(_ work: Work) {
    var window = work.window
    do throws(StoreError) {
      try window.settleAll()
      submit(&window)
      try window.settleAll()
    } catch {
      window.abandon()
    }
  }

  /// What somebody else changed meanwhile is worked out anew at once.
  private func recover(from error: StoreError) {
    switch error {
    case .stale: return
    case .staleAuditKey: translation.renewKeys()
    default: Thread.sleep(forTimeInterval: Self.pauseAfterFault)
    }
  }
}

/// What becomes of messages, for logs and figures.
enum TranslationEvent {
  /// It is on disk, with what came of it.
  case recorded(TranslatedMessage, [DeliveryReceipt])
  /// The store failed; so many messages are translated again.
  case unrecorded(Int)
}
