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
    """,
    """
    -- What deliveries have in common.
    CREATE TABLE delivery_class (
      number INTEGER PRIMARY KEY,
      target TEXT NOT NULL,
      route TEXT NOT NULL,
      content_type TEXT NOT NULL,
      UNIQUE (target, route, content_type)
    ) STRICT;
    -- The columns that change keep their size, so that the row is overwritten where it stands. The newest row
    -- has to stay, so that no number is used twice.
    CREATE TABLE delivery (
      number INTEGER PRIMARY KEY,
      message INTEGER NOT NULL REFERENCES message,
      class INTEGER NOT NULL,
      state INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      created INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      lane TEXT NOT NULL,
      key TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX delivery_message ON delivery (message);
    CREATE INDEX delivery_state ON delivery (class, state, created);
    -- Sorted by blocks of 4096, so that new entries, whose lanes come by chance, share few pages.
    CREATE INDEX delivery_lane ON delivery (number >> 12, lane);
    -- Written once; a body may go before its delivery does.
    CREATE TABLE delivery_body (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
    -- What was put in the place of a body, from edition 1 on.
    CREATE TABLE delivery_edit (
      number INTEGER NOT NULL REFERENCES delivery,
      edition INTEGER NOT NULL,
      content_type TEXT NOT NULL,
      made INTEGER NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (number, edition)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE delivery_problem (
      number INTEGER PRIMARY KEY REFERENCES delivery, problem TEXT NOT NULL
    ) STRICT;
    -- The lanes in which something waits, and its head. One that stepped aside has a row of its own, with its
    -- number as aside. Without due, a dead head holds the lane.
    CREATE TABLE lane (
      target TEXT NOT NULL,
      name TEXT NOT NULL,
      aside INTEGER NOT NULL,
      head INTEGER NOT NULL,
      due INTEGER,
      PRIMARY KEY (target, name, aside)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX lane_due ON lane (target, due, head) WHERE due IS NOT NULL;
    CREATE INDEX lane_held ON lane (target) WHERE due IS NULL;
    -- Those behind the head of their lane.
    CREATE TABLE behind (
      target TEXT NOT NULL,
      lane TEXT NOT NULL,
      number INTEGER NOT NULL,
      due INTEGER,
      PRIMARY KEY (target, lane, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE delivery_tally (
      class INTEGER NOT NULL, state INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (class, state)
    ) STRICT, WITHOUT ROWID;
    """,
    HubSchema.sql,
    AuditSchema.step,
    BillingSchema.step,
    RetentionSchema.step,
    KeptSchema.step,
    BillingSchema.factsStep,
    // By which the audit log finds whom a delivery is about.
    "ALTER TABLE delivery ADD COLUMN patient BLOB;",
    contentKeyStep,
    HubSchema.toldAloneStep,
  ]

  /// By which content key a message's content and that of its deliveries is encrypted: the day of it, nothing for none.
  static let contentKeyStep = """
    ALTER TABLE message ADD COLUMN key_day INTEGER;
    CREATE INDEX message_content_key ON message (mapping, key_day) WHERE key_day IS NOT NULL;
    """

  /// Makes the file's tables those of this program. Throws ``StoreError/newerSchema(found:known:)``.
  static func update(_ connection: Connection) throws(StoreError) {
    let found = try version(connection)
    guard found <= steps.count else { throw .newerSchema(found: found, known: steps.count) }
    guard found < steps.count else { return }
    // All in one: each commit waits for the disk.
    let sql = steps[found...].joined(separator: "\n")
    try connection.execute(
      "BEGIN IMMEDIATE; \(sql) PRAGMA user_version = \(steps.count); COMMIT", doing: "updating the schema")
  }

  private static func version(_ connection: Connection) throws(StoreError) -> Int {
    let statement = try connection.prepare("PRAGMA user_version", doing: "reading the schema version")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }
}
