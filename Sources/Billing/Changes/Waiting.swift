import Dispatch
import Store
import Synchronization

/// Commands wait for the commit.
extension BillingStore {
  func changeAndWait(_ changes: [BillingChange]) throws(StoreError) {
    try Waiting.result { change(changes, completion: $0) }.get()
  }

  func changeAndWait(_ news: BillingNews) throws(StoreError) {
    try Waiting.result { change(news.changes, kept: news.kept, completion: $0) }.get()
  }

  func closeAndWait(_ batch: NewBillingBatch) throws(StoreError) {
    try Waiting.result { close(batch, completion: $0) }.get()
  }

  func noteAndWait(_ events: [BillingEvent]) throws(StoreError) -> Int {
    try Waiting.result { note(events, completion: $0) }.get()
  }
}

/// Turns a completion into a result.
private enum Waiting {
  static func result<Value: Sendable>(
    _ start: (@escaping @Sendable (Result<Value, StoreError>) -> Void) -> Void
  ) -> Result<Value, StoreError> {
    let done = DispatchSemaphore(value: 0)
    let box = Mutex<Result<Value, StoreError>>(.failure(.closed))
    start { result in
      box.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    return box.withLock { $0 }
  }
}
