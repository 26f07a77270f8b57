/// The statements of the one connection that writes. Each call is all or nothing by itself.
final class MessageWriter {
  /// Deliveries share the connection and its transactions.
  let deliveries: DeliveryWriter
  /// So does the hub.
  let hub: HubWriter
  /// Likewise.
  let billing: BillingWriter
  let audit: AuditWriter
  /// And what goes.
  let bodies: BodyRemover
  private var wantsCheckpoint = false
  let kept: KeptWriter
  private let cipher: ContentCipher
  private let connection: Connection
  private let insert, find, wait, locate, outcome, rejection, release, done, begin, commit,
    rollback: Statement

  init(
    path: String, maximumFileBytes: Int?, bodyKey: [UInt8] = [],
    _ cipher: ContentCipher = ContentCipher(keys: nil)
  ) throws(StoreError) {
    self.cipher = cipher
    connection = try Connection(path: path, mode: .writing)
    try connection.execute(Self.settings(maximumFileBytes), doing: "setting up the store")
    connection.countLog()
    try Schema.update(connection)
    deliveries = try DeliveryWriter(connection)
    hub = try HubWriter(connection)
    billing = try BillingWriter(connection)
    audit = try AuditWriter(connection)
    bodies = try BodyRemover(connection, key: bodyKey)
    kept = try KeptWriter(connection)
    insert = try connection.prepare(Self.insertSQL, doing: "storing a message")
    find = try connection.prepare(Self.findSQL, doing: "looking for an earlier message")
    wait = try connection.prepare(
      "INSERT INTO waiting VALUES (last_insert_rowid())", doing: "storing a message")
    locate = try connection.prepare(
      """
      SELECT message.sequence, key_day, mapping, waiting.sequence IS NOT NULL
      FROM message LEFT JOIN waiting USING (sequence) WHERE id = ?
      """, doing: "recording a translation")
    outcome = try connection.prepare(Self.outcomeSQL, doing: "recording a translation")
    rejection = try connection.prepare(Self.rejectionSQL, doing: "recording a rejection")
    release = try connection.prepare(
      "UPDATE message SET sender_key = NULL WHERE sequence = ?", doing: "recording a rejection")
    done = try connection.prepare("DELETE FROM waiting WHERE sequence = ?", doing: "recording a translation")
    begin = try connection.prepare("BEGIN IMMEDIATE", doing: "beginning a commit")
    commit = try connection.prepare("COMMIT", doing: "committing")
    rollback = try connection.prepare("ROLLBACK", doing: "rolling back")
  }

  // MARK: transactions

  func beginBatch() throws(StoreError) {
    hub.beginBatch()
    try begin.run()
  }

  /// On return everything since ``beginBatch()`` is on disk.
  func commitBatch() throws(StoreError) {
    try hub.finishBatch()
    try deliveries.finishBatch()
    try commit.run()
    // Destroyed keys are to leave the log as well, and so are bodies.
    let hasErased = audit.hasErased()
    if hasErased || wantsCheckpoint { checkpoint() }
    wantsCheckpoint = false
  }

  func abandonBatch() throws(StoreError) {
    if connection.isInTransaction { try rollback.run() }
    hub.abandonBatch()
    try deliveries.abandonBatch()
    try audit.abandonBatch()
  }

  /// False when a serious error has undone the batch already.
  var isInBatch: Bool { connection.isInTransaction }

  /// Has the log moved into the file once the batch is committed; always 0.
  func checkpointAfterCommit() -> Int {
    wantsCheckpoint = true
    return 0
  }

  /// Moves what the log has into the file, once it is long; to be called when everybody has been told of a commit, for
  /// it takes a while.
  ///
  /// What fails is tried again after the next commit; until then the log has it.
  func shortenLog() {
    guard connection.loggedPages >= Self.longestLogPages else { return }
    try? connection.execute("PRAGMA wal_checkpoint(PASSIVE)", doing: "checkpointing")
  }

  /// Moves the write-ahead log into the file, so that the file alone is complete.
  func checkpoint() {
    try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)", doing: "checkpointing")
  }

  // MARK: messages

  func accept(_ message: NewMessage) throws(StoreError) -> Acceptance {
    try audit.check(message.audit)
    if try add(message) {
      // First, since the row that was added last is the message still.
      try wait.run()
      try audit.append(message.audit)
      return .accepted(message.id)
    }
    guard let earlier = try findEarlier(message) else { throw .identifierTaken }
    return earlier
  }

  func accept(_ message: NewMessage, as outcome: TranslationRecord?) throws(StoreError) -> Acceptance {
    if let outcome { try check([outcome]) }
    let acceptance = try accept(message)
    if let outcome, case .accepted = acceptance {
      guard let stored = try stored(outcome) else { throw .unknownMessage }
      _ = try record(stored)
    }
    return acceptance
  }

  /// Looks at everything before it writes anything.
  func keep(_ changes: [KeptChange], with message: NewMessage?) throws(StoreError) {
    try kept.check(changes)
    if let message, case .accepted = try accept(message) {} else if message != nil { throw .identifierTaken }
    try kept.apply(changes)
  }

  /// Looks for all messages before it writes anything, so that an unknown one leaves nothing half-done.
  func record(_ translations: [TranslationRecord]) throws(StoreError) -> [[DeliveryReceipt]?] {
    let all = try translations.map { translation throws(StoreError) in
      let stored = try stored(translation)
      guard translation.isFirst || stored != nil else { throw .unknownMessage }
      // Its message was handed in and not accepted, or has an outcome by now.
      return translation.isFirst && stored?.waits != true ? nil : stored
    }
    try check(all.compactMap(\.?.translation))
    return try all.map { each throws(StoreError) in
      try each.map { stored throws(StoreError) in try record(stored) }
    }
  }

  private func check(_ translations: [TranslationRecord]) throws(StoreError) {
    for translation in translations {
      try hub.check(translation.hub)
      try billing.check(translation.billing)
      try audit.check(translation.audit)
      try kept.check(translation.kept)
    }
  }

  private func record(
    _ stored: Stored
  ) throws(StoreError) -> [DeliveryReceipt] {
    let (translation, sequence) = (stored.translation, stored.sequence)
    let outcome = translation.state == .rejected ? rejection : outcome
    try outcome.bind(translation.state.rawValue, at: 1)
    try outcome.bind(translation.mappingVersion, at: 2)
    try outcome.bind(translation.diagnostics, at: 3)
    try outcome.bind(sequence, at: 4)
    try outcome.run()
    if translation.state == .rejected { try run(release, on: sequence) }
    try run(done, on: sequence)
    try hub.apply(translation.hub, ofMessage: sequence)
    try billing.apply(translation.billing)
    try kept.apply(translation.kept)
    var receipts: [DeliveryReceipt] = []
    for delivery in stored.deliveries {
      receipts.append(try deliveries.add(delivery, ofMessage: sequence))
    }
    try audit.append(translation.audit)
    try kept.mark(translation.marks)
    return receipts
  }

  /// A report that changes nothing leaves no entries either.
  func report(_ report: DeliveryReport) throws(StoreError) -> DeliveryChange {
    try audit.check(report.audit)
    let change = try deliveries.report(report)
    if change == .done { try audit.append(report.audit) }
    return change
  }

  /// What holds for the first holds for all: each is possible only to a delivery that waits or is dead, and leaves it so.
  func intervene(
    _ interventions: [DeliveryIntervention], on number: Int64, time: Int64, _ entries: [NewAuditEntry]
  ) throws(StoreError) -> DeliveryChange {
    try audit.check(entries)
    for intervention in interventions {
      let change = try deliveries.intervene(intervention, on: number, time: time)
      guard change == .done else { return change }
    }
    try audit.append(entries)
    return .done
  }

  /// Does work that leaves entries only when it came to something.
  func recorded<Value>(
    _ entries: [NewAuditEntry], if isSomething: (Value) -> Bool, _ work: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    try audit.check(entries)
    let value = try work()
    if isSomething(value) { try audit.append(entries) }
    return value
  }

  private func run(_ statement: Statement, on sequence: Int64) throws(StoreError) {
    try statement.bind(sequence, at: 1)
    try statement.run()
  }

  /// A translation, where its message stands, and its deliveries as they are to be stored.
  private struct Stored {
    let translation: TranslationRecord
    let sequence: Int64
    /// Whether nothing has become of the message yet.
    let waits: Bool
    let deliveries: [NewDelivery]
  }

  /// Nil when the message is not there.
  private func stored(_ translation: TranslationRecord) throws(StoreError) -> Stored? {
    defer { locate.reset() }
    try locate.bind(translation.id, at: 1)
    guard try locate.step() else { return nil }
    let key = ContentKeyName(mapping: locate.text(2), day: locate.optionalInteger(1))
    return Stored(
      translation: translation, sequence: locate.integer(0), waits: locate.integer(3) == 1,
      deliveries: try translation.deliveries.map { delivery throws(StoreError) in
        try cipher.stored(delivery, of: key)
      })
  }

  /// False when the id or the sender's key is taken.
  private func add(_ message: NewMessage) throws(StoreError) -> Bool {
    try insert.bind(message.id, at: 1)
    try insert.bind(message.mapping, at: 2)
    try insert.bind(message.senderKey, at: 3)
    try insert.bind(message.received, at: 4)
    try insert.bind(message.contentType, at: 5)
    try insert.bind(message.sealed?.bytes ?? message.body, at: 6)
    try insert.bind(message.sealed?.day, at: 7)
    try insert.run()
    return connection.changes == 1
  }

  private func findEarlier(_ message: NewMessage) throws(StoreError) -> Acceptance? {
    guard let key = message.senderKey else { return nil }
    defer { find.reset() }
    try find.bind(message.mapping, at: 1)
    try find.bind(key, at: 2)
    guard try find.step() else { return nil }
    let code = find.optionalBlob(2) ?? find.optionalInteger(3).map { _ in find.blob(1) }
    let isSame = code.map { bodies.isSame(message, as: $0) } ?? find.blob(1, equals: message.body)
    return isSame ? .repeated(find.text(0)) : .conflict(find.text(0))
  }

  /// Five messages of usual size fill such a page, where a page half as large would waste a quarter.
  private static let pageSize = 8192

  /// The log may grow to 32 MiB: all wait while it is shortened, which takes a sixtieth of a second then. In a longer one
  /// each page is copied less often. To shorten it whenever nobody waits costs more than it gives, for somebody comes at
  /// once.
  private static let longestLogPages = 4096

  /// A log is as durable with EXTRA as with FULL. But a new file begins with a rollback journal, whose removal has to
  /// be durable before anything is logged: came it back after a power cut, it would undo all.
  private static func settings(_ maximumFileBytes: Int?) -> String {
    let limit = maximumFileBytes.map { "PRAGMA max_page_count = \(max(1, $0 / pageSize));" } ?? ""
    return """
      PRAGMA page_size = \(pageSize);
      PRAGMA synchronous = EXTRA;
      PRAGMA journal_mode = WAL;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA cache_size = -16384;
      -- What a statement may have to undo is kept in memory, not in a file beside it.
      PRAGMA temp_store = MEMORY;
      PRAGMA foreign_keys = ON;
      PRAGMA trusted_schema = OFF;
      -- Destroyed keys of the audit log are overwritten, whatever the library was compiled with.
      PRAGMA secure_delete = ON;
      \(limit)
      """
  }

  private static let insertSQL = """
    INSERT INTO message (id, mapping, sender_key, received, content_type, body, key_day)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
    """
  private static let findSQL = """
    SELECT id, body, code, key_day FROM message LEFT JOIN emptied USING (sequence) WHERE mapping = ? AND sender_key = ?
    """
  private static let outcomeSQL = """
    INSERT OR REPLACE INTO outcome (state, mapping_version, diagnostics, sequence) VALUES (?, ?, ?, ?)
    """
  /// A rejected message keeps its key here, and gives it up for a corrected one.
  private static let rejectionSQL = """
    INSERT OR REPLACE INTO outcome (state, mapping_version, diagnostics, rejected_key, sequence)
    SELECT ?1, ?2, ?3, sender_key, sequence FROM message WHERE sequence = ?4
    """
}
