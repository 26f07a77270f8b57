/// The statements of the one connection that writes. Each call is all or nothing by itself.
final class MessageWriter {
  private let connection: Connection
  private let insert, find, update, begin, commit, rollback: Statement

  init(path: String, maximumFileBytes: Int?) throws(StoreError) {
    connection = try Connection(path: path, mode: .writing)
    try connection.execute(Self.settings(maximumFileBytes), doing: "setting up the store")
    try Schema.update(connection)
    insert = try connection.prepare(Self.insertSQL, doing: "storing a message")
    find = try connection.prepare(Self.findSQL, doing: "looking for an earlier message")
    update = try connection.prepare(Self.updateSQL, doing: "recording a translation")
    begin = try connection.prepare("BEGIN IMMEDIATE", doing: "beginning a commit")
    commit = try connection.prepare("COMMIT", doing: "committing")
    rollback = try connection.prepare("ROLLBACK", doing: "rolling back")
  }

  // MARK: transactions

  func beginBatch() throws(StoreError) {
    try begin.run()
  }

  /// On return everything since ``beginBatch()`` is on disk.
  func commitBatch() throws(StoreError) {
    try commit.run()
  }

  func abandonBatch() {
    if connection.isInTransaction { try? rollback.run() }
  }

  /// False when a serious error has undone the batch already.
  var isInBatch: Bool { connection.isInTransaction }

  /// Moves the write-ahead log into the file, so that the file alone is complete.
  func checkpoint() {
    try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)", doing: "checkpointing")
  }

  // MARK: messages

  func accept(_ message: NewMessage) throws(StoreError) -> Acceptance {
    if try add(message) { return .accepted(message.id) }
    guard let earlier = try findEarlier(message) else { throw .identifierTaken }
    return earlier
  }

  func record(_ translation: TranslationRecord) throws(StoreError) {
    try update.bind(translation.state.rawValue, at: 1)
    try update.bind(translation.hub, at: 2)
    try update.bind(translation.diagnostics, at: 3)
    try update.bind(translation.mappingVersion, at: 4)
    try update.bind(translation.id, at: 5)
    try update.run()
    guard connection.changes == 1 else { throw .unknownMessage }
  }

  /// False when the id or the sender's key is taken.
  private func add(_ message: NewMessage) throws(StoreError) -> Bool {
    try insert.bind(message.id, at: 1)
    try insert.bind(message.mapping, at: 2)
    try insert.bind(message.senderKey, at: 3)
    try insert.bind(message.received, at: 4)
    try insert.bind(message.contentType, at: 5)
    try insert.bind(message.body, at: 6)
    try insert.run()
    return connection.changes == 1
  }

  private func findEarlier(_ message: NewMessage) throws(StoreError) -> Acceptance? {
    guard let key = message.senderKey else { return nil }
    defer { find.reset() }
    try find.bind(message.mapping, at: 1)
    try find.bind(key, at: 2)
    guard try find.step() else { return nil }
    return find.blob(1, equals: message.body) ? .repeated(find.text(0)) : .conflict(find.text(0))
  }

  /// Five messages of usual size fill such a page, where a page half as large would waste a quarter.
  private static let pageSize = 8192

  /// The log may grow to 64 MiB between checkpoints: fewer of them, and each page is copied less often.
  private static func settings(_ maximumFileBytes: Int?) -> String {
    let limit = maximumFileBytes.map { "PRAGMA max_page_count = \(max(1, $0 / pageSize));" } ?? ""
    return """
      PRAGMA page_size = \(pageSize);
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 8192;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA cache_size = -65536;
      PRAGMA foreign_keys = ON;
      PRAGMA trusted_schema = OFF;
      \(limit)
      """
  }

  private static let insertSQL = """
    INSERT INTO message (id, mapping, sender_key, received, content_type, body) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
    """
  private static let findSQL = """
    SELECT id, body FROM message WHERE mapping = ? AND sender_key = ? AND state <> 'rejected'
    """
  private static let updateSQL = """
    UPDATE message SET state = ?, hub = ?, diagnostics = ?, mapping_version = ? WHERE id = ?
    """
}
