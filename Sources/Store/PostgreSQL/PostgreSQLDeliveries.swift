import Foundation

extension PostgreSQLMessageStore: DeliveryStore {
  /// Takes the heads of lanes that are due and that no other living gateway is at work on. Throws
  /// ``StoreError/closed``, ``StoreError/unreachable(doing:)`` or ``StoreError/refused(doing:state:)``, and
  /// then takes nothing. What the network brings late is given back: too little of the lease would be left.
  public func dueDeliveries(
    target: String, now: Int64, lease: Int64, limit: Int
  ) throws(StoreError) -> [DueDelivery] {
    try asking(sending, "taking deliveries") {
      [gateway, taken, cipher] connection throws(PostgreSQLFailure) in
      let asked = ContinuousClock.now
      let rows = try connection.run(gateway.take(target, now: now, lease, limit))
      let numbers = rows.indices.map { rows.integer($0, 0) }
      if numbers.isEmpty { return [] }
      taken.add(numbers)
      do throws(PostgreSQLFailure) {
        let due = try connection.due(numbers, cipher)
        if asked.duration(to: .now) < gateway.delay { return due }
        taken.remove(numbers)
        _ = try connection.run(PostgreSQLWriterLock.transaction([gateway.giveBack(numbers)]))
        return []
      } catch {
        taken.remove(numbers)
        throw error
      }
    }
  }

  /// When a delivery of the target becomes due next, as of the last commit.
  public func nextDue(target: String) throws(StoreError) -> Int64? {
    try asking(sending, "looking for what is due") { connection throws(PostgreSQLFailure) in
      let rows = try connection.run(PostgreSQLDeliveryRows.nextDue(target))
      return rows.count > 0 ? rows.integer(0, 0) : nil
    }
  }

  /// Gives deliveries back. When the server is away, they are given back with the next that are taken.
  public func giveBack(_ numbers: [Int64]) {
    taken.remove(numbers)
    try? asking(sending, "giving deliveries back") { [gateway] connection throws(PostgreSQLFailure) in
      _ = try connection.run(PostgreSQLWriterLock.transaction([gateway.giveBack(numbers)]))
    }
  }

  /// Queues the report for the next commit; see ``DeliveryStore/report(_:completion:)``. A report about a
  /// delivery that another gateway has taken over meanwhile changes nothing: ``DeliveryChange/busy``.
  public func report(
    _ report: DeliveryReport, completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    self.report(report, taking: nil) { result, _ in completion(result) }
  }

  /// Likewise; the next of the lane costs no commit of its own, since its claim is stored with the report.
  public func report(
    _ report: DeliveryReport, taking next: NextTaking?,
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>, _ next: DueDelivery?) -> Void
  ) {
    var report = report
    report.taking = next
    let job = WriteJob.report(report) { [weak self, taken, gateway, number = report.number] result in
      let follower = taken.follower(of: number, within: gateway.delay)
      switch result {
      case .success, .failure(.unknownDelivery): taken.remove([number])
      case .failure: break
      }
      // What the network brings late is given back, as when it is asked for.
      if let follower, !follower.isInTime { self?.giveBackLater([follower.delivery.number]) }
      completion(result, follower.flatMap { $0.isInTime ? $0.delivery : nil })
    }
    if let error = queue.add(job) { completion(.failure(error), nil) }
  }

  /// Not on the writer's thread, which waits for nobody.
  private func giveBackLater(_ numbers: [Int64]) {
    Thread.detachNewThread { [weak self] in self?.giveBack(numbers) }
  }

  /// Queues the change for the next commit; see ``DeliveryStore/intervene(_:on:time:audit:completion:)``.
  public func intervene(
    _ interventions: [DeliveryIntervention], on number: Int64, time: Int64, audit: [NewAuditEntry],
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    do throws(StoreError) {
      let stored = try cipher.stored(interventions) { () throws(StoreError) in try delivery(number) }
      if let error = queue.add(.intervene(stored, number, time: time, audit, completion)) { throw error }
    } catch {
      completion(.failure(error))
    }
  }

  /// The delivery with that number, as of the last commit, or nil.
  public func delivery(_ number: Int64) throws(StoreError) -> StoredDelivery? {
    try asking(looking, "reading deliveries") { connection throws(PostgreSQLFailure) in
      try connection.deliveries(PostgreSQLDeliveryRows.one(number)).first
    }
  }

  /// All that came of a message, in the order recorded.
  public func deliveries(ofMessage id: String) throws(StoreError) -> [StoredDelivery] {
    try asking(looking, "reading deliveries") { connection throws(PostgreSQLFailure) in
      try connection.deliveries(PostgreSQLDeliveryRows.ofMessage(id))
    }
  }

  /// The original body and its editions.
  public func bodies(ofDelivery number: Int64) throws(StoreError) -> [DeliveryBody] {
    try asking(looking, "reading deliveries") { connection throws(PostgreSQLFailure) in
      try connection.bodies(number, cipher)
    }
  }

  /// A page of the deliveries that are looked for, the newest first.
  public func deliveries(
    matching query: DeliveryQuery, after cursor: DeliveryPage.Cursor? = nil, limit: Int
  ) throws(StoreError) -> DeliveryPage {
    try asking(looking, "searching deliveries") { connection throws(PostgreSQLFailure) in
      let found = try connection.deliveries(PostgreSQLDeliverySearch.page(query, after: cursor, limit))
      let last = found.last.map { DeliveryPage.Cursor(created: $0.created, number: $0.number) }
      return DeliveryPage(deliveries: found, next: found.count < limit ? nil : last)
    }
  }

  /// Each target's counts, by name.
  public func deliveryCounts() throws(StoreError) -> [DeliveryCount] {
    try asking(looking, "counting deliveries") { connection throws(PostgreSQLFailure) in
      let rows = try connection.run(PostgreSQLDeliveryRows.counts)
      return rows.indices.map { rows.deliveryCount($0) }
    }
  }

  /// Asks through one of the connections. A new one first gives back what an earlier one took without saying.
  private func asking<Value: Sendable>(
    _ lock: ReaderLock<PostgreSQLReader>, _ doing: String,
    _ work: (PostgreSQLConnection) throws(PostgreSQLFailure) -> Value
  ) throws(StoreError) -> Value {
    try lock.use { reader throws(StoreError) in
      guard lock === sending else { return try reader.ask(doing, work) }
      let mend = { [gateway, taken] (connection: PostgreSQLConnection) throws(PostgreSQLFailure) in
        try connection.goByIndexes()
        _ = try connection.run(
          PostgreSQLWriterLock.transaction([gateway.giveBack(allBut: taken.numbers)]))
      }
      return try reader.ask(doing, first: mend, work)
    }
  }
}
