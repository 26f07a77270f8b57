/// The hub's tables.
enum HubSchema {
  static let sql = """
    -- Names that occur again and again: types, contributors, versions of mappings.
    CREATE TABLE hub_name (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    -- What resources are now. The content stands last, so that looking at keys doesn't read it.
    CREATE TABLE hub_resource (
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      type INTEGER NOT NULL,
      patient BLOB,
      version INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      state INTEGER NOT NULL,
      start INTEGER NOT NULL,
      finish INTEGER NOT NULL,
      time INTEGER NOT NULL,
      contributor INTEGER NOT NULL,
      mapping_version INTEGER NOT NULL,
      message TEXT NOT NULL,
      entries BLOB NOT NULL,
      keys BLOB NOT NULL,
      ranges BLOB NOT NULL,
      content BLOB NOT NULL
    ) STRICT;
    CREATE INDEX hub_resource_time ON hub_resource (contributor, time);
    -- By what resources are found: each is there under its patient and each of its entries.
    CREATE TABLE hub_search (
      key BLOB NOT NULL,
      type INTEGER NOT NULL,
      start INTEGER NOT NULL,
      number INTEGER NOT NULL,
      finish INTEGER NOT NULL,
      PRIMARY KEY (key, type, start, number)
    ) STRICT, WITHOUT ROWID;
    -- What each contributor last told; without content, it is what the resource says.
    CREATE TABLE hub_statement (
      resource INTEGER NOT NULL,
      contributor INTEGER NOT NULL,
      time INTEGER NOT NULL,
      message TEXT NOT NULL,
      content BLOB,
      UNIQUE (resource, contributor)
    ) STRICT;
    -- Versions that were replaced.
    CREATE TABLE hub_version (
      resource INTEGER NOT NULL,
      version INTEGER NOT NULL,
      state INTEGER NOT NULL,
      time INTEGER NOT NULL,
      contributor INTEGER NOT NULL,
      mapping_version INTEGER NOT NULL,
      message TEXT NOT NULL,
      content BLOB NOT NULL,
      UNIQUE (resource, version)
    ) STRICT;
    CREATE INDEX hub_version_time ON hub_version (time);
    CREATE TABLE hub_list (
      whole BLOB NOT NULL,
      type INTEGER NOT NULL,
      contributor INTEGER NOT NULL,
      time INTEGER NOT NULL,
      message TEXT NOT NULL,
      PRIMARY KEY (whole, type, contributor)
    ) STRICT, WITHOUT ROWID;
    -- What messages did, a line for each resource.
    CREATE TABLE hub_trace (message INTEGER PRIMARY KEY, effects TEXT NOT NULL) STRICT;
    """

  /// Since this version ``HubStatements`` leaves out what a resource's row tells by itself. An earlier
  /// program would not know who told such a resource, so it is to refuse the store.
  static let toldAloneStep = """
    -- No table changes.

    """

  /// The same in PostgreSQL, where a step has to be a statement.
  static let toldAloneInPostgreSQL = """
    COMMENT ON TABLE hub_statement IS 'A resource without rows was told by its own row''s contributor alone.';
    """
}
