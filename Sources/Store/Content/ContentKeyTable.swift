/// Content keys in a table of a PostgreSQL database, for all gateways that share it.
struct ContentKeyTable: ContentKeyPlace {
  static let step = """
    -- Keys of the content of messages, wrapped; they go before the database's backups may.
    CREATE TABLE content_key (
      mapping text COLLATE "C" NOT NULL, day bigint NOT NULL, wrapped bytea NOT NULL, PRIMARY KEY (mapping, day)
    );

    """

  private let reader: ReaderLock<PostgreSQLReader>

  init(_ configuration: PostgreSQLConfiguration, _ schema: PostgreSQLSchemaWatch) {
    reader = ReaderLock(PostgreSQLReader(configuration, schema))
  }

  func wrapped(_ name: ContentKeyName) throws(StoreError) -> [UInt8]? {
    try ask(Self.reading(name)) { $0.count > 0 ? $0.bytes(0, 0) : nil }
  }

  func keep(_ wrapped: [UInt8], as name: ContentKeyName) throws(StoreError) -> [UInt8] {
    try ask(Self.adding(wrapped, as: name)) { _ in }
    return try self.wrapped(name) ?? wrapped
  }

  func names(before day: Int64) throws(StoreError) -> [ContentKeyName] {
    try names(
      PostgreSQLCall(
        "SELECT mapping, day FROM content_key WHERE day < $1 ORDER BY day, mapping", .integer(day)))
  }

  func last() throws(StoreError) -> ContentKeyName? {
    try names(PostgreSQLCall("SELECT mapping, day FROM content_key ORDER BY day DESC LIMIT 1")).first
  }

  private func names(_ call: PostgreSQLCall) throws(StoreError) -> [ContentKeyName] {
    try ask(call) { rows in
      rows.indices.map { ContentKeyName(mapping: rows.text($0, 0), day: rows.integer($0, 1)) }
    }
  }

  func destroy(_ name: ContentKeyName) throws(StoreError) {
    let sql = "DELETE FROM content_key WHERE mapping = $1 AND day = $2"
    try ask(PostgreSQLCall(sql, .text(name.mapping), .integer(name.day))) { _ in }
  }

  func close() { reader.close() }

  /// Adds a key; one that is there already stays.
  static func adding(_ wrapped: [UInt8], as name: ContentKeyName) -> PostgreSQLCall {
    PostgreSQLCall(
      "INSERT INTO content_key (mapping, day, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      .text(name.mapping), .integer(name.day), .bytes(wrapped))
  }

  private static func reading(_ name: ContentKeyName) -> PostgreSQLCall {
    PostgreSQLCall(
      "SELECT wrapped FROM content_key WHERE mapping = $1 AND day = $2", .text(name.mapping),
      .integer(name.day))
  }

  private func ask<Value: Sendable>(
    _ call: PostgreSQLCall, _ read: (PostgreSQLRows) -> Value
  ) throws(StoreError) -> Value {
    try reader.use { reader throws(StoreError) in
      try reader.ask("looking for content keys") { connection throws(PostgreSQLFailure) in
        read(try connection.run(call))
      }
    }
  }
}
