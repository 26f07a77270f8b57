import Foundation
import Mapping
import Store
import Synchronization

/// Translates accepted messages on a thread of its own, in the order in which they came, each with the
/// mappings that are served when its turn comes.
///
/// Messages are worked out on all cores at once and gathered in a batch, which is recorded as a whole as soon as the
/// one before is on disk; meanwhile it grows. So no message overtakes an earlier one because of a write that failed.
///
/// A message that was worked out without knowing what is not on disk yet, but should have, is put aside and worked out
/// anew once that is on disk, together with all others that wait for nothing else. Others overtake it, but none that
/// has a delivery in the same lane, tells of the same patient, or changes what it is about: what comes of messages, and
/// the order of each lane, is as if they were translated one after another.
final class TranslationWorker: Sendable {
  /// How many are taken from those that wait.
  private static let batchSize = 512
  /// How many are worked out at once, before it looks whether they are to be stored.
  private static let portion = 64
  /// How many may be put aside before no others are taken; after each commit all of them are looked through.
  private static let mostAside = 128
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
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "sluss-translate"
    thread.start()
  }

  /// Takes a message that is committed.
  func add(_ message: NewMessage) {
    if messages.add(message) { wake.signal() }
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
      try work.window.settle()
      startAgain(&work)
    }
    if work.window.hasSettled || !work.hasRoom { try record(&work) }
    guard work.hasRoom else { return }
    if try translateMore(&work) { return }
    // The end of a commit wakes it as well as a message does.
    if work.window.isSending { wake.wait() } else { rest() }
  }

  private func rest() {
    guard messages.isHeldBack else { return wake.wait() }
    if wake.wait(timeout: .now() + Self.patience) == .timedOut { messages.lookForAbandoned() }
  }

  /// Once what was sent is on disk, the batch at hand is, and what had to wait for it goes on.
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

  /// Hands the batch at hand to the store, unless the one before is on its way still.
  private func submit(_ window: inout RecordingWindow) {
    guard !window.isEmpty, !window.isSending else { return }
    let (batch, commit) = window.send()
    store.record(batch.map(\.record.asFirst)) { [outbox, tell, wake] result in
      commit.end(result.map { _ in })
      wake.signal()
      guard case .success(let receipts) = result else { return tell(.unrecorded(batch.count)) }
      outbox.wake(Set(batch.flatMap { $0.record.deliveries.map(\.target) }))
      for (message, receipts) in zip(batch, receipts) { tell(.recorded(message, receipts)) }
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
      try window.settle()
      submit(&window)
      try window.settle()
    } catch {}
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
