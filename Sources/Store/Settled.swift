import Dispatch
import Synchronization

/// What the store will report, for a thread that waits for it. Not for threads of Swift's own pool, which others
/// need meanwhile.
public final class Settled<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, StoreError>?>(nil)
  private let ended = DispatchSemaphore(value: 0)

  /// Nothing is reported yet.
  public init() {}

  /// To be called once.
  public func end(_ result: Result<Value, StoreError>) {
    self.result.withLock { $0 = result }
    ended.signal()
  }

  /// Whether it was reported already, so that nobody has to wait.
  public var hasEnded: Bool { result.withLock { $0 != nil } }

  /// Waits; to be called once.
  public func wait() throws(StoreError) -> Value {
    ended.wait()
    guard let result = result.withLock({ $0 }) else { throw .closed }
    return try result.get()
  }
}

/// Starts work of a store and waits for what it reports: `try settled { store.change(changes, completion: $0) }`.
/// - Throws: what the store reports; nothing of the work is done then.
public func settled<Value: Sendable>(
  _ work: (@escaping @Sendable (Result<Value, StoreError>) -> Void) -> Void
) throws(StoreError) -> Value {
  let settled = Settled<Value>()
  work { settled.end($0) }
  return try settled.wait()
}
