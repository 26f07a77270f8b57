import Store

/// Commands wait for the commit.
extension BillingStore {
  func changeAndWait(_ changes: [BillingChange]) throws(StoreError) {
    try settled { change(changes, completion: $0) }
  }

  func closeAndWait(_ batch: NewBillingBatch) throws(StoreError) {
    try settled { close(batch, completion: $0) }
  }

  func noteAndWait(_ events: [BillingEvent]) throws(StoreError) -> Int {
    try settled { note(events, completion: $0) }
  }
}
