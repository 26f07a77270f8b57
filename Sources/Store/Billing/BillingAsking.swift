extension EngineStore {
  /// Queues the changes for the next commit; see ``BillingStore/change(_:kept:completion:)``.
  public func change(
    _ changes: [BillingChange], kept: [KeptChange],
    completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    bill(.change(changes, kept)) { completion($0.map { _ in }) }
  }

  /// Queues the message and its deliveries for the next commit; gives whether they are new.
  public func send(
    _ message: NewMessage, _ deliveries: [NewDelivery], _ events: [BillingEvent],
    completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    bill(.send(message, deliveries, events)) { completion($0.map { $0 > 0 }) }
  }

  /// Queues the batch for the next commit; see ``BillingStore/close(_:completion:)``.
  public func close(
    _ batch: NewBillingBatch, completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    bill(.close(batch)) { completion($0.map { _ in }) }
  }

  /// Queues the events for the next commit; see ``BillingStore/note(_:completion:)``.
  public func note(
    _ events: [BillingEvent], completion: @escaping @Sendable (Result<Int, StoreError>) -> Void
  ) {
    bill(.note(events), completion)
  }

  private func bill(_ work: BillingWork, _ completion: @escaping @Sendable (Result<Int, StoreError>) -> Void)
  {
    if let error = queue.add(.bill(work, completion)) { completion(.failure(error)) }
  }

  /// Where a visit's billing stands, as of the last commit.
  public func billingPosition(ofVisit visit: String) throws(StoreError) -> BillingPosition? {
    try parts.billing.use { reader throws(StoreError) in try reader.position(visit) }
  }

  /// The record with that number, as of the last commit, or nil.
  public func billingRecord(_ number: Int64) throws(StoreError) -> StoredBillingRecord? {
    try parts.billing.use { reader throws(StoreError) in try reader.record(number) }
  }

  /// All records of a visit, the oldest first.
  public func billingRecords(ofVisit visit: String) throws(StoreError) -> [StoredBillingRecord] {
    try parts.billing.use { reader throws(StoreError) in try reader.records(ofVisit: visit) }
  }

  /// Positions of all visits, by their ids.
  public func billingPositions(after visit: String, limit: Int) throws(StoreError) -> [BillingPosition] {
    try parts.billing.use { reader throws(StoreError) in try reader.positions(after: visit, limit: limit) }
  }

  /// What is open.
  public func openBilling() throws(StoreError) -> [OpenBilling] {
    try parts.billing.use { reader throws(StoreError) in try reader.open() }
  }

  /// A page of open records.
  public func openRecords(
    debtor: String, credits: Int64?, upTo month: String, after record: StoredBillingRecord?, limit: Int
  ) throws(StoreError) -> [StoredBillingRecord] {
    try parts.billing.use { reader throws(StoreError) in
      try reader.open(debtor, credits, upTo: month, after: record, limit: limit)
    }
  }

  /// A page of the records that wait for a person.
  public func waitingRecords(after number: Int64, limit: Int) throws(StoreError) -> [StoredBillingRecord] {
    try parts.billing.use { reader throws(StoreError) in try reader.waiting(after: number, limit: limit) }
  }

  /// All batches.
  public func billingBatches() throws(StoreError) -> [StoredBillingBatch] {
    try parts.billing.use { reader throws(StoreError) in try reader.allBatches() }
  }

  /// The batch with that number, or nil.
  public func billingBatch(_ number: Int64) throws(StoreError) -> StoredBillingBatch? {
    try parts.billing.use { reader throws(StoreError) in try reader.batch(number) }
  }

  /// A page of a batch's records.
  public func billingLines(
    ofBatch number: Int64, after line: Int64, limit: Int
  ) throws(StoreError) -> [StoredBillingRecord] {
    try parts.billing.use { reader throws(StoreError) in try reader.lines(number, after: line, limit: limit) }
  }

  /// What happened to a batch.
  public func billingEvents(ofBatch number: Int64) throws(StoreError) -> [BillingEvent] {
    try parts.billing.use { reader throws(StoreError) in try reader.events(number) }
  }

  /// What was billed, by debtor and month.
  public func billedMonths() throws(StoreError) -> [BilledMonth] {
    try parts.billing.use { reader throws(StoreError) in try reader.billed() }
  }
}
