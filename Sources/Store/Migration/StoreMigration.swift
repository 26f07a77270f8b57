import CSQLite
import Foundation

/// Moves a store from SQLite to PostgreSQL.
///
/// All is copied in one transaction: whatever goes wrong, the database is as before and the migration can be
/// run again. The file stays as it is.
public struct StoreMigration {
  private let source: Connection
  private let target: PostgreSQLConnection
  /// No gateway may open the file meanwhile.
  private let lock: StoreLock
  /// Has brought an older file up to date.
  private let writer: MessageWriter
  private let contentKeys: ContentKeyFolder

  /// Copies everything that a closed SQLite store holds: messages with what became of them, deliveries with
  /// their states, attempts, bodies and problems, the order of their lanes, and the keys of content.
  ///
  /// - Throws: ``StoreError/inUse(path:)`` while a gateway has the file open,
  ///   ``StoreError/cannotOpen(path:reason:)``, ``StoreError/cannotMigrate(reason:)``, or what the engines
  ///   say.
  /// - Returns: the number of rows in each table.
  @discardableResult
  public static func run(from path: String, to configuration: PostgreSQLConfiguration) throws(StoreError)
    -> [String: Int]
  {
    let migration = try StoreMigration(path, configuration)
    return try withExtendedLifetime((migration.lock, migration.writer)) { () throws(StoreError) in
      try migration.copy()
    }
  }

  /// Gives a file that was copied, and the content keys beside it, another name, so that no gateway takes it for its
  /// store.
  /// - Returns: the new name.
  /// - Throws: ``StoreError/cannotOpen(path:reason:)``.
  public static func setAside(_ path: String) throws(StoreError) -> String {
    let new = path + ".migrated"
    try ContentKeyFolder(besides: path).move(besides: new)
    guard rename(path, new) == 0 else { throw DurableFile.problem(path) }
    return new
  }

  private init(_ path: String, _ configuration: PostgreSQLConfiguration) throws(StoreError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .cannotOpen(path: path, reason: "there is no such file")
    }
    lock = try StoreLock(besides: path)
    contentKeys = ContentKeyFolder(besides: path)
    writer = try MessageWriter(path: path, maximumFileBytes: nil)
    source = try Connection.reading(path: path)
    do throws(PostgreSQLFailure) { target = try PostgreSQLConnection(configuration) } catch {
      throw error.storeError(doing: "connecting")
    }
    try PostgreSQLSchema.update(target)
  }

  private func copy() throws(StoreError) -> [String: Int] {
    try expectKnownTables()
    try ask { target throws(PostgreSQLFailure) in
      _ = try target.run([PostgreSQLCall("BEGIN"), PostgreSQLWriterLock.call])
    }
    var counts: [String: Int] = [:]
    for table in MigratedTable.all { try expectEmpty(table) }
    for table in MigratedTable.all { try copy(table) }
    try copyContentKeys()
    for table in MigratedTable.all { counts[table.name] = try expectEqual(table) }
    try commit()
    return counts
  }

  private func commit() throws(StoreError) {
    do throws(PostgreSQLFailure) { _ = try target.run(PostgreSQLCall("COMMIT")) } catch {
      if case .lost = error { throw .inDoubt }
      throw error.storeError(doing: "migrating")
    }
  }

  // MARK: rows

  /// In groups that share a round trip.
  private func copy(_ table: MigratedTable) throws(StoreError) {
    let rows = try source.prepare(table.reading, doing: "migrating")
    var group: [PostgreSQLCall] = []
    var bytes = 0
    while try rows.step() {
      let values = table.columns.indices.map { rows.value(Int32($0)) }
      bytes += values.reduce(0) { $0 + $1.size }
      group.append(table.insert(values))
      guard group.count == 512 || bytes > 1 << 22 else { continue }
      try send(&group)
      bytes = 0
    }
    if let numbering = table.numbering { group.append(numbering) }
    try send(&group)
  }

  private func copyContentKeys() throws(StoreError) {
    var group: [PostgreSQLCall] = []
    for name in try contentKeys.names(before: .max) {
      if let wrapped = try contentKeys.wrapped(name) {
        group.append(ContentKeyTable.adding(wrapped, as: name))
      }
    }
    try send(&group)
  }

  private func send(_ group: inout [PostgreSQLCall]) throws(StoreError) {
    let calls = group
    try ask { target throws(PostgreSQLFailure) in _ = try target.run(calls) }
    group.removeAll(keepingCapacity: true)
  }

  // MARK: checks

  /// A table that this program does not know of here would be lost.
  private func expectKnownTables() throws(StoreError) {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    let tables = try source.prepare(sql, doing: "migrating")
    while try tables.step() {
      let name = tables.text(0)
      guard MigratedTable.all.contains(where: { $0.name == name }) else {
        throw .cannotMigrate(reason: "the table \(name) has no place in PostgreSQL yet")
      }
    }
  }

  private func expectEmpty(_ table: MigratedTable) throws(StoreError) {
    guard try measureTarget(table).rows == 0 else {
      throw .cannotMigrate(reason: "the PostgreSQL store is not empty: \(table.name) has rows")
    }
  }

  private func expectEqual(_ table: MigratedTable) throws(StoreError) -> Int {
    let (here, there) = (try measureSource(table), try measureTarget(table))
    guard here == there else {
      throw .cannotMigrate(
        reason: "\(table.name) has \(here.rows) rows, of which \(there.rows) arrived; nothing was changed")
    }
    return Int(here.rows)
  }

  private func measureSource(_ table: MigratedTable) throws(StoreError) -> (rows: Int64, bytes: Int64) {
    let answer = try source.prepare(table.measuring, doing: "migrating")
    _ = try answer.step()
    return (answer.integer(0), answer.integer(1))
  }

  private func measureTarget(_ table: MigratedTable) throws(StoreError) -> (rows: Int64, bytes: Int64) {
    try ask { target throws(PostgreSQLFailure) in
      let answer = try target.run(PostgreSQLCall(table.measuring))
      return (answer.integer(0, 0), answer.integer(0, 1))
    }
  }

  private func ask<Value>(
    _ work: (PostgreSQLConnection) throws(PostgreSQLFailure) -> Value
  ) throws(StoreError) -> Value {
    try target.asking("migrating", work)
  }
}

extension Statement {
  fileprivate func value(_ column: Int32) -> PostgreSQLValue {
    switch kind(column) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .bytes(blob(column))
    default: .null
    }
  }
}
