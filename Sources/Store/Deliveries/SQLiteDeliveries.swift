extension SQLiteMessageStore: DeliveryStore {
  /// Takes the heads of lanes that are due; the lease doesn't matter here. Throws ``StoreError/closed`` or
  /// ``StoreError/failed(doing:code:)``, and then takes nothing.
  public func dueDeliveries(
    target: String, now: Int64, lease: Int64, limit: Int
  ) throws(StoreError) -> [DueDelivery] {
    var taken: [Int64] = []
    do throws(StoreError) {
      return try sending.use { reader throws(StoreError) in
        try reader.atOneState { () throws(StoreError) in
          taken = try reader.take(target, now: now, limit: limit, for: claims)
          var deliveries: [DueDelivery] = []
          for number in taken { deliveries.append(try reader.due(number)) }
          return deliveries
        }
      }
    } catch {
      giveBack(taken)
      throw error
    }
  }

  /// When a delivery of the target becomes due next, as of the last commit.
  public func nextDue(target: String) throws(StoreError) -> Int64? {
    try sending.use { reader throws(StoreError) in try reader.nextDue(target, for: claims) }
  }

  /// Gives deliveries back at once, without a commit.
  public func giveBack(_ numbers: [Int64]) {
    for number in numbers { claims.free(number) }
  }

  /// Queues the report for the next commit; see ``DeliveryStore/report(_:completion:)``.
  public func report(
    _ report: DeliveryReport, completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    let job = WriteJob.report(report) { [claims] result in
      switch result {
      case .success, .failure(.unknownDelivery): claims.free(report.number)
      case .failure: break
      }
      completion(result)
    }
    if let error = queue.add(job) { completion(.failure(error)) }
  }

  /// Queues the change for the next commit; see ``DeliveryStore/intervene(_:on:time:audit:completion:)``.
  public func intervene(
    _ interventions: [DeliveryIntervention], on number: Int64, time: Int64, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    guard claims.reserve(number) else { return completion(.success(.busy)) }
    let stored: [DeliveryIntervention]
    do throws(StoreError) {
      stored = try cipher.stored(interventions) { () throws(StoreError) in try delivery(number) }
    } catch {
      claims.free(number)
      return completion(.failure(error))
    }
    let job = WriteJob.intervene(stored, number, time: time, audit) { [claims] result in
      claims.free(number)
      completion(result)
    }
    if let error = queue.add(job) { job.fail(error) }
  }

  /// The delivery with that number, as of the last commit, or nil.
  public func delivery(_ number: Int64) throws(StoreError) -> StoredDelivery? {
    try looking.use { reader throws(StoreError) in try reader.deliveries.delivery(number) }
  }

  /// All that came of a message, in the order recorded.
  public func deliveries(ofMessage id: String) throws(StoreError) -> [StoredDelivery] {
    try looking.use { reader throws(StoreError) in try reader.deliveries.deliveries(ofMessage: id) }
  }

  /// The original body and its editions.
  public func bodies(ofDelivery number: Int64) throws(StoreError) -> [DeliveryBody] {
    try looking.use { reader throws(StoreError) in try reader.deliveries.bodies(number) }
  }

  /// A page of the deliveries that are looked for, the newest first.
  public func deliveries(
    matching query: DeliveryQuery, after cursor: DeliveryPage.Cursor? = nil, limit: Int
  ) throws(StoreError) -> DeliveryPage {
    try looking.use { reader throws(StoreError) in
      let places = try reader.search.places(query, after: cursor, limit: limit)
      var deliveries: [StoredDelivery] = []
      for place in places {
        if let delivery = try reader.deliveries.delivery(place.number) { deliveries.append(delivery) }
      }
      return DeliveryPage(deliveries: deliveries, next: places.count < limit ? nil : places.last)
    }
  }

  /// Each target's counts, by name.
  public func deliveryCounts() throws(StoreError) -> [DeliveryCount] {
    try looking.use { reader throws(StoreError) in try reader.deliveries.counts() }
  }
}
