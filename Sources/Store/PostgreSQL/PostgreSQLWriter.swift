/// What each kind of job does in PostgreSQL, in the open transaction of a batch.
///
/// A batch's messages are accepted with one statement, its deliveries reported with one, and its translations
/// recorded with a few, in this order: they do not depend on each other. Functions throw ``StoreError/stale`` and the
/// like before they write anything, so that such a job fails alone; after anything else the whole batch is undone.
final class PostgreSQLWriter {
  /// What a job came to; to be asked after the batch was flushed.
  typealias Ending = () -> WriteOutcome

  let batch = PostgreSQLBatch()
  var tally = PostgreSQLTally()
  /// Targets to which something more may be sent.
  var woken: Set<String> = []
  let hub: HubWriter
  let billing: BillingWriter
  let audit: AuditWriter
  let bodies: BodyRemover
  let kept: KeptWriter
  let classes = PostgreSQLClasses()
  let gateway: PostgreSQLGateway
  let cipher: ContentCipher
  /// What is gathered of translations.
  var recording = PostgreSQLRecording()
  /// The messages that the batch has records of.
  var known: [String: PostgreSQLKnown] = [:]
  /// What was taken with the reports of the batch.
  var following: [(reported: Int64, next: Int64)] = []
  /// What was taken so in a batch that was perhaps undone, and is given back by the next.
  private var orphans: [Int64] = []
  let taken: PostgreSQLTaken
  /// Whether this gateway translates for all.
  private(set) var translates = false
  /// Whether there are new messages to translate.
  var hasAccepted = false

  /// - Parameter bodyKey: of the codes that stand for removed bodies.
  init(
    _ gateway: PostgreSQLGateway, _ taken: PostgreSQLTaken, bodyKey: [UInt8], _ cipher: ContentCipher
  ) throws(StoreError) {
    self.cipher = cipher
    self.gateway = gateway
    self.taken = taken
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
    hub.beginBatch()
    tally = PostgreSQLTally()
    recording = PostgreSQLRecording()
    woken = []
    known = [:]
    hasAccepted = false
    following = []
    try batch.post(PostgreSQLCall("BEGIN"))
    try batch.post(PostgreSQLWriterLock.call)
    try batch.post(PostgreSQLSchema.versionCall) { rows throws(StoreError) in try PostgreSQLSchema.check(rows)
    }
    if !orphans.isEmpty { try batch.post(gateway.giveBack(orphans)) }
    try batch.post(PostgreSQLCall("SELECT coalesce(max(number), -1) + 1 FROM audit")) {
      [audit] rows throws(StoreError) in try audit.expect(size: Int(rows.integer(0, 0)))
    }
    let ids = jobs.flatMap(\.recorded)
    if !ids.isEmpty {
      try batch.post(gateway.translator) { [self] rows in translates = rows.count > 0 && rows.flag(0, 0) }
      try batch.post(PostgreSQLMessageRows.sequences(of: ids)) { [self] rows in
        for (row, id) in ids.enumerated() { known[id] = rows.known(row) }
      }
    }
    if !jobs.allSatisfy(\.goesByAnswers) { try batch.flush() }
  }

  /// What is to be done at the batch's end, before its commit.
  var last: [PostgreSQLCall] {
    tally.calls + woken.sorted().map(gateway.wake) + (hasAccepted ? [gateway.wakeTranslator] : [])
  }

  /// Everything since ``begin(_:on:)`` is committed.
  func keep() {
    orphans = []
    _ = audit.hasErased()
  }

  /// What was read or written since ``begin(_:on:)`` may be undone.
  func abandon() {
    taken.remove(following.map(\.next))
    for each in following { taken.forgetFollower(of: each.reported) }
    orphans += following.map(\.next)
    following = []
    hub.abandonBatch()
    classes.forget()
    try? audit.abandonBatch()
  }

  /// Does all jobs; gives what each came to, in their order.
  func perform(_ jobs: [WriteJob]) throws(StoreError) -> [Ending] {
    var endings = [Ending?](repeating: nil, count: jobs.count)
    try accept(jobs, &endings)
    try report(jobs, &endings)
    for (place, job) in jobs.enumerated() where endings[place] == nil {
      if !job.isRecord { try writeRecording() }
      endings[place] = try trying(job) { () throws(StoreError) in try attempt(job) }
    }
    try writeRecording()
    try hub.finishBatch()
    try batch.flush()
    return endings.compactMap { $0 }
  }

  /// What a job came to that has failed without having written anything.
  func trying(_ job: WriteJob, _ work: () throws(StoreError) -> Ending) throws(StoreError) -> Ending {
    do throws(StoreError) {
      return try work()
    } catch {
      switch error {
      case .stale, .staleAuditKey, .unknownMessage, .unknownDelivery, .identifierTaken:
        job.place?.end()
        return { job.outcome(error) }
      default: throw error
      }
    }
  }

  private func attempt(_ job: WriteJob) throws(StoreError) -> Ending {
    switch job {
    case .accept(let message, let outcome, let completion):
      let answer = try accept(message, as: outcome)
      return { .accepted(answer.value, completion) }
    case .record(let translations, let place, let completion):
      try place?.check()
      let answer = try record(translations)
      return { .recorded(answer.value, completion) }
    case .report(let report, let completion):
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
}
