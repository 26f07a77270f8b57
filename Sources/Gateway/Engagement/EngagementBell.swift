import Dispatch
import Store

/// Rung when a message is recorded that marks somebody.
final class EngagementBell: Sendable {
  private let rung = DispatchSemaphore(value: 0)

  func ring() { rung.signal() }

  /// May be called on a thread of the store.
  func note(_ event: TranslationEvent) {
    if case .recorded(let translated, _) = event, !translated.record.marks.isEmpty { ring() }
  }

  /// Waits until it is rung, or so long; all that rang it until then are answered.
  func wait(seconds: Double) {
    _ = rung.wait(timeout: .now() + seconds)
    while rung.wait(timeout: .now()) == .success {}
  }
}
