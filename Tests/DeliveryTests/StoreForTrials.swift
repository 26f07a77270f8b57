import Store

/// A store that does something else than the one behind it where a test wants that, and the same everywhere else.
protocol StoreForTrials: DeliveryStore {
  var store: SQLiteMessageStore { get }
}

extension StoreForTrials {
  func nextDue(target: String) throws(StoreError) -> Int64? { try store.nextDue(target: target) }
  func giveBack(_ numbers: [Int64]) { store.giveBack(numbers) }

  func intervene(
    _ interventions: [DeliveryIntervention], on number: Int64, time: Int64, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    store.intervene(interventions, on: number, time: time, audit: audit, completion: completion)
  }

  func delivery(_ number: Int64) throws(StoreError) -> StoredDelivery? { try store.delivery(number) }
  func deliveries(ofMessage id: String) throws(StoreError) -> [StoredDelivery] {
    try store.deliveries(ofMessage: id)
  }
  func bodies(ofDelivery number: Int64) throws(StoreError) -> [DeliveryBody] {
    try store.bodies(ofDelivery: number)
  }
  func deliveries(
    matching query: DeliveryQuery, after cursor: DeliveryPage.Cursor?, limit: Int
  ) throws(StoreError) -> DeliveryPage {
    try store.deliveries(matching: query, after: cursor, limit: limit)
  }
  func deliveryCounts() throws(StoreError) -> [DeliveryCount] { try store.deliveryCounts() }
}
