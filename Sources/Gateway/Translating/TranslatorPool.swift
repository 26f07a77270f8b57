import Synchronization

/// Translators that threads borrow; as many are made as are used at once.
final class TranslatorPool: Sendable {
  /// Handed from thread to thread, never shared: only who has taken it out uses it.
  private struct Held: @unchecked Sendable {
    let translator: Translator
  }

  private let idle = Mutex<[Held]>([])
  private let make: @Sendable () -> Translator

  init(_ make: @escaping @Sendable () -> Translator) {
    self.make = make
  }

  /// Lends a translator for one message.
  func lend<R>(_ body: (Translator) throws -> R) rethrows -> R {
    let held = idle.withLock { $0.popLast() } ?? Held(translator: make())
    defer { idle.withLock { $0.append(held) } }
    return try body(held.translator)
  }
}
