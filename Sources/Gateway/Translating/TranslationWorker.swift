import Foundation
import Store
import Synchronization

/// Translates accepted messages on a thread of its own, in the order in which they came, each with the
/// mappings that are served when its turn comes.
///
/// A batch is recorded as a whole, and the next only when the one before is on disk: no message of a patient
/// overtakes an earlier one because of a write that failed.
final class TranslationWorker: Sendable {
  private static let batchSize = 256
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

  /// Another gateway on the same database may have left messages.
  func lookForAbandoned() {
    messages.lookForAbandoned()
    wake.signal()
  }

  /// Ends after the batch at hand; the rest waits in the store.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    wake.signal()
    done.wait()
  }

  private func run() {
    var commit: Settled<Void>?
    while !isStopped.load(ordering: .relaxed) {
      do throws(StoreError) {
        // The store writes one batch while the next is translated.
        let batch = try messages.next(Self.batchSize).map(translation.translate)
        try commit?.wait()
        commit = batch.isEmpty ? nil : record(batch)
        if batch.isEmpty { wake.wait() }
      } catch {
        commit = nil
        messages.startAgain()
        Thread.sleep(forTimeInterval: Self.pauseAfterFault)
      }
    }
    try? commit?.wait()
    done.signal()
  }

  private func record(_ batch: [TranslatedMessage]) -> Settled<Void> {
    let commit = Settled<Void>()
    store.record(batch.map(\.record)) { [outbox, tell] result in
      commit.end(result.map { _ in })
      guard case .success(let receipts) = result else { return tell(.unrecorded(batch.count)) }
      outbox.wake(Set(batch.flatMap { $0.record.deliveries.map(\.target) }))
      for (message, receipts) in zip(batch, receipts) { tell(.recorded(message, receipts)) }
    }
    return commit
  }
}

/// What becomes of messages, for logs and figures.
enum TranslationEvent {
  /// It is on disk, with what came of it.
  case recorded(TranslatedMessage, [DeliveryReceipt])
  /// The store failed; so many messages are translated again.
  case unrecorded(Int)
}
