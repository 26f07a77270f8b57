/// Keeps billing records and batches so that nothing is ever edited.
///
/// All functions may be called from any thread. Completions run on a thread of the store and must be short.
public protocol BillingStore: Sendable {
  /// Stores changes that no message causes, such as new prices, all or nothing.
  ///
  /// Failures: ``StoreError/stale`` when one was computed from what is no longer so; else as for
  /// ``MessageStore/accept(_:completion:)``.
  /// - Parameter kept: what is remembered with them.
  func change(
    _ changes: [BillingChange], kept: [KeptChange],
    completion: @escaping @Sendable (Result<Void, StoreError>) -> Void)

  /// Accepts a message of ours that causes deliveries, has it translated at once, and notes events, all or nothing.
  /// A message whose sender key is known changes nothing, and none is accepted twice.
  func send(
    _ message: NewMessage, _ deliveries: [NewDelivery], _ events: [BillingEvent],
    completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)

  /// Closes a batch, all or nothing. Failures likewise: ``StoreError/stale`` when the number is not the next one,
  /// or a record is not open.
  func close(_ batch: NewBillingBatch, completion: @escaping @Sendable (Result<Void, StoreError>) -> Void)

  /// Notes events; those whose keys are known add nothing. Gives how many were new.
  func note(_ events: [BillingEvent], completion: @escaping @Sendable (Result<Int, StoreError>) -> Void)

  /// Where a visit's billing stands; nil for a visit that nothing is known of.
  func billingPosition(ofVisit visit: String) throws(StoreError) -> BillingPosition?

  /// The record with that number, or nil.
  func billingRecord(_ number: Int64) throws(StoreError) -> StoredBillingRecord?

  /// All records of a visit, the oldest first.
  func billingRecords(ofVisit visit: String) throws(StoreError) -> [StoredBillingRecord]

  /// Positions of all visits, a page of them after that visit, by their ids.
  func billingPositions(after visit: String, limit: Int) throws(StoreError) -> [BillingPosition]

  /// What is open, by debtor, batch that is credited, and month.
  func openBilling() throws(StoreError) -> [OpenBilling]

  /// Open records of visits up to a month, a page of them behind that record; by month, then number.
  func openRecords(
    debtor: String, credits: Int64?, upTo month: String, after record: StoredBillingRecord?, limit: Int
  ) throws(StoreError) -> [StoredBillingRecord]

  /// Records that wait for a person, a page of them after that number.
  func waitingRecords(after number: Int64, limit: Int) throws(StoreError) -> [StoredBillingRecord]

  /// All batches, the oldest first.
  func billingBatches() throws(StoreError) -> [StoredBillingBatch]

  /// The batch with that number, or nil.
  func billingBatch(_ number: Int64) throws(StoreError) -> StoredBillingBatch?

  /// The records of a batch in order, a page of them after that line.
  func billingLines(
    ofBatch number: Int64, after line: Int64, limit: Int
  ) throws(StoreError) -> [StoredBillingRecord]

  /// What happened to a batch, the oldest first.
  func billingEvents(ofBatch number: Int64) throws(StoreError) -> [BillingEvent]

  /// What was billed, by debtor and month of the visits.
  func billedMonths() throws(StoreError) -> [BilledMonth]
}

extension BillingStore {
  /// Likewise, with nothing to be remembered.
  public func change(
    _ changes: [BillingChange], completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    change(changes, kept: [], completion: completion)
  }
}
