import Foundation
import Mapping
import Store
import Synchronization

/// Translates accepted messages on a thread of its own, in the order in which they came, each with the
/// mappings that are served when its turn comes.
///
/// The messages of a batch are worked out on all cores at once. A batch is recorded as a whole, and the next only
/// when the one before is on disk: no message of a patient overtakes an earlier one because of a write that failed.
/// What touches the same as one that was not on disk yet waits for it and is worked out anew.
final class TranslationWorker: Sendable {
  private static let batchSize = 512
  /// How many are worked out at once, before it looks whether they are to be stored.
  private static let portion = 64
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

  private func run() {
    var window = RecordingWindow()
    while !isStopped.load(ordering: .relaxed) {
      do throws(StoreError) {
        if messages.mayBeOthers {
          try window.settle()
          messages.startAgain()
        }
        let batch = try messages.next(Self.batchSize)
        for start in stride(from: 0, to: batch.count, by: Self.portion) {
          try translate(batch[start..<min(start + Self.portion, batch.count)], in: &window)
          if window.isOld { try submit(&window) }
        }
        try submit(&window)
        guard batch.isEmpty else { continue }
        try window.settle()
        rest()
      } catch {
        window.abandon()
        messages.startAgain()
        recover(from: error)
      }
    }
    try? window.settle()
    done.signal()
  }

  private func rest() {
    guard messages.isHeldBack else { return wake.wait() }
    if wake.wait(timeout: .now() + Self.patience) == .timedOut { messages.lookForAbandoned() }
  }

  private func translate(_ messages: ArraySlice<NewMessage>, in window: inout RecordingWindow)
    throws(StoreError)
  {
    window.begin()
    let translated = Array(messages).mappedSideBySide { message in
      Result { () throws(StoreError) in try translation.translate(message) }
    }
    for result in translated { try take(try result.get(), in: &window) }
  }

  private func take(_ translated: TranslatedMessage, in window: inout RecordingWindow) throws(StoreError) {
    guard window.disturbs(translated) else { return window.add(translated) }
    try submit(&window)
    try window.settle()
    window.add(try translation.translate(translated.message))
  }

  /// Hands the batch at hand to the store, once the one before is on disk. The next one is translated meanwhile.
  private func submit(_ window: inout RecordingWindow) throws(StoreError) {
    guard !window.isEmpty else { return }
    try window.settle()
    let (batch, commit) = window.send()
    store.record(batch.map(\.record.asFirst)) { [outbox, tell] result in
      commit.end(result.map { _ in })
      guard case .success(let receipts) = result else { return tell(.unrecorded(batch.count)) }
      outbox.wake(Set(batch.flatMap { $0.record.deliveries.map(\.target) }))
      for (message, receipts) in zip(batch, receipts) { tell(.recorded(message, receipts)) }
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
