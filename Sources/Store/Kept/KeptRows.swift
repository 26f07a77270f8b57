/// The table of what is remembered.
enum KeptSchema {
  static let step = """
    CREATE TABLE kept (
      space TEXT NOT NULL,
      key TEXT NOT NULL,
      revision INTEGER NOT NULL,
      value BLOB NOT NULL,
      PRIMARY KEY (space, key)
    ) STRICT, WITHOUT ROWID;
    """
}

/// Its rows, as a connection that only reads sees them.
final class KeptReader {
  private let one, page: any SQLStatement

  init(_ connection: any SQLConnection) throws(StoreError) {
    one = try connection.statement(
      "SELECT revision, value FROM kept WHERE space = ? AND key = ?", doing: "remembering")
    page = try connection.statement(
      "SELECT revision, value, key FROM kept WHERE space = ? AND key > ? ORDER BY key LIMIT ?",
      doing: "remembering")
  }

  func entry(_ name: KeptEntry.Name) throws(StoreError) -> KeptEntry? {
    defer { one.reset() }
    try one.bind(name.space, at: 1)
    try one.bind(name.key, at: 2)
    guard try one.step() else { return nil }
    return KeptEntry(name: name, revision: one.integer(0), value: one.blob(1))
  }

  /// ``entry(_:)`` will be asked for.
  func foresee(_ name: KeptEntry.Name) throws(StoreError) {
    try one.bind(name.space, at: 1)
    try one.bind(name.key, at: 2)
    try one.foresee()
  }

  func page(_ space: String, after key: String, limit: Int) throws(StoreError) -> [KeptEntry] {
    defer { page.reset() }
    try page.bind(space, at: 1)
    try page.bind(key, at: 2)
    try page.bind(Int64(limit), at: 3)
    var entries: [KeptEntry] = []
    while try page.step() {
      let name = KeptEntry.Name(space: space, key: page.text(2))
      entries.append(KeptEntry(name: name, revision: page.integer(0), value: page.blob(1)))
    }
    return entries
  }
}

/// Its rows, as the one connection that writes changes them.
final class KeptWriter {
  private let reader: KeptReader
  private let put, remove, mark: any SQLStatement

  init(_ connection: any SQLConnection) throws(StoreError) {
    reader = try KeptReader(connection)
    put = try connection.statement(
      """
      INSERT INTO kept (space, key, revision, value) VALUES (?, ?, ?, ?)
      ON CONFLICT (space, key) DO UPDATE SET revision = excluded.revision, value = excluded.value
      """, doing: "remembering")
    remove = try connection.statement("DELETE FROM kept WHERE space = ? AND key = ?", doing: "forgetting")
    mark = try connection.statement(Self.markSQL, doing: "remembering")
  }

  private static let markSQL = """
    INSERT INTO kept (space, key, revision, value) VALUES (?, ?, 1, ?)
    ON CONFLICT (space, key) DO UPDATE SET revision = kept.revision + 1
    """

  /// ``check(_:)`` will be called before anything is written.
  func foresee(_ changes: [KeptChange]) throws(StoreError) {
    for change in changes { try reader.foresee(change.name) }
  }

  func check(_ changes: [KeptChange]) throws(StoreError) {
    for change in changes {
      guard try reader.entry(change.name)?.revision == change.expected else { throw .stale }
    }
  }

  func apply(_ changes: [KeptChange]) throws(StoreError) {
    for change in changes {
      let statement = change.value == nil ? remove : put
      try statement.bind(change.name.space, at: 1)
      try statement.bind(change.name.key, at: 2)
      if let value = change.value {
        try put.bind((change.expected ?? 0) + 1, at: 3)
        try put.bind(value, at: 4)
      }
      try statement.run()
    }
  }

  /// Remembers names of which nobody says how they stand.
  func mark(_ names: [KeptEntry.Name]) throws(StoreError) {
    for name in names {
      try mark.bind(name.space, at: 1)
      try mark.bind(name.key, at: 2)
      try mark.bind([0], at: 3)
      try mark.run()
    }
  }
}
