// Batches and what becomes of them.
extension BillingWriter {
  /// Closes a batch, or throws ``StoreError/stale`` before anything is written.
  func close(_ batch: NewBillingBatch) throws(StoreError) {
    guard try last() + 1 == batch.number, Set(batch.records).count == batch.records.count else {
      throw .stale
    }
    for record in batch.records { guard try isOpen(record) else { throw .stale } }
    try add(batch)
    for (index, record) in batch.records.enumerated() {
      try run(unopen, on: record)
      try addLine.bind(batch.number, at: 1)
      try addLine.bind(Int64(index + 1), at: 2)
      try addLine.bind(record, at: 3)
      try addLine.run()
    }
  }

  private func add(_ batch: NewBillingBatch) throws(StoreError) {
    try addBatch.bind(batch.number, at: 1)
    try addBatch.bind(batch.claim, at: 2)
    try addBatch.bind(batch.debtor, at: 3)
    try addBatch.bind(batch.month, at: 4)
    try addBatch.bind(batch.credits, at: 5)
    try addBatch.bind(Int64(batch.records.count), at: 6)
    try addBatch.bind(batch.amount, at: 7)
    try addBatch.bind(batch.digest, at: 8)
    try addBatch.bind(batch.issued, at: 9)
    try addBatch.bind(batch.made, at: 10)
    try addBatch.bind(batch.terms, at: 11)
    try addBatch.run()
  }

  private func last() throws(StoreError) -> Int64 {
    defer { lastBatch.reset() }
    return try lastBatch.step() ? lastBatch.integer(0) : 0
  }

  private func isOpen(_ record: Int64) throws(StoreError) -> Bool {
    defer { isOpen.reset() }
    try isOpen.bind(record, at: 1)
    return try isOpen.step()
  }

  // MARK: events

  /// Gives how many were new.
  func note(_ events: [BillingEvent]) throws(StoreError) -> Int {
    var new = 0
    for event in events {
      try addEvent.bind(event.batch, at: 1)
      try addEvent.bind(event.state, at: 2)
      try addEvent.bind(event.detail, at: 3)
      try addEvent.bind(event.amount, at: 4)
      try addEvent.bind(event.made, at: 5)
      try addEvent.bind(event.key, at: 6)
      try addEvent.run()
      new += try connection.changedRows()
    }
    return new
  }
}
