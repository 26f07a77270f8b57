/// What each kind of job does in PostgreSQL, in the open transaction of a batch.
///
/// Functions throw ``StoreError/stale`` and the like before they write anything, so that such a job fails
/// alone; after anything else the whole batch is undone.
final class PostgreSQLWriter {
  /// What a job came to; to be asked after the batch was flushed.
  typealias Ending = () -> WriteOutcome

  let batch = PostgreSQLBatch()
  private(set) var tally = PostgreSQLTally()
  let hub: HubWriter
  let billing: BillingWriter
  let audit: AuditWriter
  let bodies: BodyRemover
  let kept: KeptWriter
  private let gateway: PostgreSQLGateway
  /// The sequences of the messages that the batch has records of.
  private var known: [String: Int64] = [:]
  private var hasRecorded = false

  /// - Parameter bodyKey: of the codes that stand for removed bodies.
  init(_ gateway: PostgreSQLGateway, bodyKey: [UInt8]) throws(StoreError) {
    self.gateway = gateway
    hub = try HubWriter(batch)
    billing = try BillingWriter(batch)
    audit = try AuditWriter(batch)
    bodies = try BodyRemover(batch, key: bodyKey)
    kept = try KeptWriter(batch)
  }

  // MARK: the batch

  /// Begins a transaction under the writer lock, with nothing in memory that may have been undone.
  func begin(_ jobs: [WriteJob], on connection: PostgreSQLConnection) throws(StoreError) {
    batch.begin(on: connection)
    tally = PostgreSQLTally()
    known = [:]
    hasRecorded = false
    try batch.post(PostgreSQLCall("BEGIN"))
    try batch.post(PostgreSQLWriterLock.call)
    try batch.post(PostgreSQLCall("SELECT coalesce(max(number), -1) + 1 FROM audit")) {
      [audit] rows throws(StoreError) in try audit.expect(size: Int(rows.integer(0, 0)))
    }
    let ids = jobs.flatMap(\.recorded)
    if !ids.isEmpty {
      try batch.post(PostgreSQLMessageRows.sequences(of: ids)) { [self] rows throws(StoreError) in
        for (row, id) in ids.enumerated() { known[id] = rows.optionalInteger(row, 0) }
      }
    }
    if !jobs.allSatisfy(\.goesByAnswers) { try batch.flush() }
  }

  /// What is to be done at the batch's end, before its commit.
  var last: [PostgreSQLCall] { tally.calls + (hasRecorded ? [gateway.wakeNext] : []) }

  /// Everything since ``begin(_:on:)`` is committed.
  func keep() {
    _ = audit.hasErased()
  }

  /// What was read or written since ``begin(_:on:)`` may be undone.
  func abandon() {
    hub.abandonBatch()
    try? audit.abandonBatch()
  }

  func perform(_ job: WriteJob) throws(StoreError) -> Ending {
    do throws(StoreError) {
      return try attempt(job)
    } catch {
      switch error {
      case .stale, .staleAuditKey, .unknownMessage, .unknownDelivery, .identifierTaken:
        return { job.outcome(error) }
      default: throw error
      }
    }
  }

  private func attempt(_ job: WriteJob) throws(StoreError) -> Ending {
    switch job {
    case .accept(let message, let completion):
      let answer = try accept(message)
      return { .accepted(answer.value, completion) }
    case .record(let translations, let completion):
      let answer = try record(translations)
      return { .recorded(answer.value, completion) }
    case .report(let report, let completion):
      try audit.check(report.audit)
      let answer = try change(gateway.report(report), audit: report.audit)
      return { .changed(answer.value, completion) }
    case .intervene(let interventions, let number, let time, let entries, let completion):
      try audit.check(entries)
      let calls = interventions.map { gateway.intervene($0, on: number, time: time) }
      // What holds for the last holds for all: nobody else changes the delivery meanwhile.
      for call in calls.dropLast() { _ = try change(call) }
      guard let last = calls.last else { return { .changed(.success(.done), completion) } }
      let answer = try change(last, audit: entries)
      return { .changed(answer.value, completion) }
    case .change(let changes, let completion):
      try hub.check(changes)
      return counted(try hub.apply(changes).count, completion)
    case .remove(let removal, let limit, let entries, let completion):
      try audit.check(entries)
      let count = try hub.remove(removal, limit: limit)
      if count > 0 { try audit.append(entries) }
      return counted(count, completion)
    case .bill(.send(let message, let deliveries, let events), let completion):
      return counted(try send(message, deliveries, events), completion)
    case .bill(let work, let completion):
      return counted(try work.perform(with: billing, kept), completion)
    case .audit(let change, let completion): return counted(try audit.make(change), completion)
    case .removeBodies(let removal, let place, let limit, let entries, let completion):
      try audit.check(entries)
      let step = try bodies.step(removal, at: place, limit: limit)
      if step.messages > 0 { try audit.append(entries) }
      return { .emptied(.success(step), completion) }
    case .keep(let changes, let message, let completion):
      try keep(changes, with: message)
      return counted(changes.count, completion)
    // What the server keeps of rows that are gone is its own vacuum's to remove.
    case .checkpoint(let completion): return counted(0, completion)
    }
  }

  private func counted(
    _ count: Int, _ completion: @escaping @Sendable (Result<Int, StoreError>) -> Void
  ) -> Ending {
    { .counted(.success(count), completion) }
  }

  // MARK: jobs

  private func accept(_ message: NewMessage) throws(StoreError) -> PostgreSQLAnswer<Acceptance> {
    try audit.check(message.audit)
    let answer = PostgreSQLAnswer<Acceptance>()
    try batch.post(gateway.accept(message)) { [audit, bodies] rows throws(StoreError) in
      answer.value = rows.acceptance(of: message, bodies)
      if case .success(.accepted) = answer.value { try audit.append(message.audit) }
    }
    return answer
  }

  /// Looks at everything before it writes anything.
  private func keep(_ changes: [KeptChange], with message: NewMessage?) throws(StoreError) {
    try kept.check(changes)
    if let message {
      let answer = try accept(message)
      try batch.flush()
      guard case .success(.accepted) = answer.value else { throw .identifierTaken }
    }
    try kept.apply(changes)
  }

  /// Accepts a message with its deliveries, unless it was accepted before; gives how many deliveries there are.
  private func send(
    _ message: NewMessage, _ deliveries: [NewDelivery], _ events: [BillingEvent]
  ) throws(StoreError) -> Int {
    let answer = try accept(message)
    try batch.flush()
    guard case .success(.accepted) = answer.value else { return 0 }
    _ = try record([TranslationRecord(id: message.id, state: .translated, deliveries: deliveries)])
    _ = try billing.note(events)
    return deliveries.count
  }

  /// Looks for all messages and checks everything before it writes.
  private func record(
    _ translations: [TranslationRecord]
  ) throws(StoreError) -> PostgreSQLAnswer<[[DeliveryReceipt]]> {
    let sequences = try sequences(of: translations.map(\.id))
    for translation in translations {
      try hub.check(translation.hub)
      try billing.check(translation.billing)
      try audit.check(translation.audit)
      try kept.check(translation.kept)
    }
    let receipts = translations.map { _ in PostgreSQLAnswer<[DeliveryReceipt]>(.success([])) }
    for ((translation, sequence), receipts) in zip(zip(translations, sequences), receipts) {
      try record(translation, of: sequence, into: receipts)
    }
    return PostgreSQLAnswer { .success(receipts.map { (try? $0.value.get()) ?? [] }) }
  }

  private func record(
    _ translation: TranslationRecord, of sequence: Int64, into receipts: PostgreSQLAnswer<[DeliveryReceipt]>
  ) throws(StoreError) {
    try batch.post(gateway.record(translation))
    hasRecorded = true
    try hub.apply(translation.hub, ofMessage: sequence)
    try billing.apply(translation.billing)
    try kept.apply(translation.kept)
    for delivery in translation.deliveries {
      try batch.post(gateway.add(delivery, of: translation.id)) { [self] rows throws(StoreError) in
        let receipt = rows.receipt(of: delivery, &tally)
        receipts.value = receipts.value.map { $0 + [receipt] }
      }
    }
    try audit.append(translation.audit)
    try kept.mark(translation.marks)
  }

  private func sequences(of ids: [String]) throws(StoreError) -> [Int64] {
    let found = ids.compactMap { known[$0] }
    if found.count == ids.count { return found }
    let rows = try batch.ask(PostgreSQLMessageRows.sequences(of: ids), doing: "recording a translation")
    guard rows.indices.allSatisfy({ rows.optionalInteger($0, 0) != nil }), rows.count == ids.count else {
      throw .unknownMessage
    }
    return rows.indices.map { rows.integer($0, 0) }
  }

  /// A change that does nothing leaves no entries either.
  private func change(
    _ call: PostgreSQLCall, audit entries: [NewAuditEntry] = []
  ) throws(StoreError) -> PostgreSQLAnswer<DeliveryChange> {
    let answer = PostgreSQLAnswer<DeliveryChange>()
    try batch.post(call) { [self] rows throws(StoreError) in
      answer.value = rows.change(&tally)
      if answer.value == .success(.done) { try audit.append(entries) }
    }
    return answer
  }
}
