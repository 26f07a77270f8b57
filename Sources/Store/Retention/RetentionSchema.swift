/// The tables of what is kept no longer.
enum RetentionSchema {
  static let step = """
    -- Messages whose bodies are gone: what it takes to know the same one again.
    CREATE TABLE emptied (
      sequence INTEGER PRIMARY KEY REFERENCES message,
      bytes INTEGER NOT NULL,
      code BLOB NOT NULL,
      time INTEGER NOT NULL
    ) STRICT;
    -- The last message that each rule has looked at, and those that it had to leave and looks at again.
    CREATE TABLE retention_place (rule TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE retention_left (
      rule TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (rule, sequence)
    ) STRICT, WITHOUT ROWID;
    """
}
