import Store
import Synchronization

/// What other gateways on the same database have done, for those who wait for it; they are made after the
/// store that tells it.
final class StoreSignals: Sendable {
  private let hearing = Mutex<(@Sendable (StoreSignal) -> Void)?>(nil)

  func tell(_ signal: StoreSignal) {
    hearing.withLock { $0 }?(signal)
  }

  /// From now on wakes these; what was told before is not known.
  func listen(for worker: TranslationWorker, _ outbox: Outbox) {
    let hear = { @Sendable [weak worker, weak outbox] (signal: StoreSignal) in
      switch signal {
      case .deliveries(let target): outbox?.wake([target])
      case .messages: worker?.look()
      case .translations: worker?.lookForAbandoned()
      case .everything:
        worker?.lookForAbandoned()
        if let outbox { outbox.wake(outbox.targets) }
      }
    }
    hearing.withLock { $0 = hear }
    hear(.everything)
  }
}
