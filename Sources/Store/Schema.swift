/// The tables, and how a file gets from one version of them to the next.
enum Schema {
  /// One entry for each version, from 0 to 1, from 1 to 2 and so on; entries are never changed.
  private static let steps = [
    """
    -- Written once, never changed but for the key of a rejected message: a growing row would be written anew.
    CREATE TABLE message (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      mapping TEXT NOT NULL,
      sender_key TEXT,
      received INTEGER NOT NULL,
      content_type TEXT NOT NULL,
      body BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX message_sender_key ON message (mapping, sender_key) WHERE sender_key IS NOT NULL;
    -- What became of a message.
    CREATE TABLE outcome (
      sequence INTEGER PRIMARY KEY REFERENCES message,
      state TEXT NOT NULL,
      rejected_key TEXT,
      mapping_version TEXT,
      diagnostics BLOB
    ) STRICT;
    CREATE INDEX outcome_state ON outcome (state);
    -- Messages that have no outcome yet.
    CREATE TABLE waiting (sequence INTEGER PRIMARY KEY REFERENCES message) STRICT;
    """
  ]

  /// Makes the file's tables those of this program. Throws ``StoreError/newerSchema(found:known:)``.
  static func update(_ connection: Connection) throws(StoreError) {
    let found = try version(connection)
    guard found <= steps.count else { throw .newerSchema(found: found, known: steps.count) }
    for next in found..<steps.count {
      let sql = "BEGIN IMMEDIATE; \(steps[next]) PRAGMA user_version = \(next + 1); COMMIT"
      try connection.execute(sql, doing: "updating the schema")
    }
  }

  private static func version(_ connection: Connection) throws(StoreError) -> Int {
    let statement = try connection.prepare("PRAGMA user_version", doing: "reading the schema version")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }
}
