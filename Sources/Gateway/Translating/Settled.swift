import Dispatch
import Store
import Synchronization

/// What the store will report, for a thread that waits for it.
final class Settled<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, StoreError>?>(nil)
  private let ended = DispatchSemaphore(value: 0)

  /// To be called once.
  func end(_ result: Result<Value, StoreError>) {
    self.result.withLock { $0 = result }
    ended.signal()
  }

  /// Waits; to be called once.
  func wait() throws(StoreError) -> Value {
    ended.wait()
    guard let result = result.withLock({ $0 }) else { throw .closed }
    return try result.get()
  }
}
