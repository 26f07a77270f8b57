import CSQLite
import Cryptography
import Foundation
import Store

/// All that a store's file holds, as one number, and what is wrong with it.
struct StoredState {
  let fingerprint: Int
  let problems: [String]

  /// Reads the file of an open store beside it.
  init(path: String, _ store: SQLiteMessageStore) throws {
    var handle: OpaquePointer?
    guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK, let handle else {
      sqlite3_close_v2(handle)
      throw Journey.Wrong(found: "the file cannot be opened")
    }
    defer { sqlite3_close_v2(handle) }
    var hasher = Hasher()
    let tables = try Self.rows(handle, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    for table in tables {
      hasher.combine(table)
      try Self.each(handle, "SELECT * FROM \(table)") { Self.hash($0, into: &hasher) }
    }
    fingerprint = hasher.finalize()
    var problems = try Self.rows(handle, "PRAGMA integrity_check").filter { $0 != "ok" }
    problems += try Self.rows(handle, "PRAGMA foreign_key_check").map { "no row for a reference of \($0)" }
    for (rule, breach) in Self.breaches {
      let found = try Self.rows(handle, breach)
      if !found.isEmpty { problems.append("\(rule): \(found.joined(separator: ", "))") }
    }
    self.problems = try problems + Self.tree(store)
  }

  /// Each finds what must not be there.
  private static let breaches = [
    (
      "a message neither waits nor has an outcome, or both",
      """
      SELECT id FROM message LEFT JOIN waiting USING (sequence) LEFT JOIN outcome USING (sequence)
      WHERE (waiting.sequence IS NULL) = (outcome.sequence IS NULL)
      """
    ),
    (
      "deliveries are counted wrongly",
      """
      SELECT class, state, count(*) FROM delivery GROUP BY class, state
      EXCEPT SELECT class, state, count FROM delivery_tally
      """
    ),
    (
      "deliveries are counted that are not there",
      """
      SELECT class, state, count FROM delivery_tally WHERE count <> 0
      EXCEPT SELECT class, state, count(*) FROM delivery GROUP BY class, state
      """
    ),
    (
      "a delivery waits in no lane or in two",
      """
      SELECT key FROM delivery WHERE state = 2 AND 1 <> (SELECT count(*) FROM lane WHERE head = delivery.number)
        + (SELECT count(*) FROM behind WHERE number = delivery.number)
      """
    ),
    (
      "a delivery that has ended waits in a lane",
      """
      SELECT key FROM delivery WHERE state IN (3, 5) AND (number IN (SELECT head FROM lane)
        OR number IN (SELECT number FROM behind))
      """
    ),
    (
      "a delivery is before its head, or has none",
      """
      SELECT behind.number FROM behind LEFT JOIN lane ON lane.target = behind.target AND name = behind.lane
        AND aside = 0 WHERE head IS NULL OR head >= behind.number
      """
    ),
    (
      "a delivery has no body",
      "SELECT key FROM delivery WHERE number NOT IN (SELECT number FROM delivery_body)"
    ),
    (
      "what is open is no debit or credit",
      "SELECT record FROM billing_open EXCEPT SELECT number FROM billing_record WHERE kind IN (1, 2)"
    ),
    (
      "a visit's record is not its own",
      """
      SELECT billing_visit.visit FROM billing_visit JOIN billing_record ON number = record
      WHERE billing_visit.visit <> billing_record.visit
      """
    ),
  ]

  /// The stored tiles are those that the records give, and no others.
  private static func tree(_ store: SQLiteMessageStore) throws -> [String] {
    var (tiles, full) = (AuditTiles(), 0)
    for entry in try store.auditEntries(from: 0, limit: .max) {
      guard entry.number == tiles.size else { return ["the audit log has no entry \(tiles.size)"] }
      for tile in tiles.append(NewAuditEntry(record: entry.record, time: 0).leaf) {
        full += 1
        if try store.auditTile(level: tile.level, number: tile.number) != tile.tile.bytes {
          return ["tile \(tile.number) of level \(tile.level) is not that of its entries"]
        }
      }
    }
    return try store.auditTiles().count == full ? [] : ["the audit log has a tile too many"]
  }

  // MARK: reading

  private static func rows(_ handle: OpaquePointer, _ sql: String) throws -> [String] {
    var rows: [String] = []
    try each(handle, sql) { row in
      let columns = (0..<sqlite3_column_count(row)).map {
        sqlite3_column_text(row, $0).map { String(cString: $0) } ?? "null"
      }
      rows.append(columns.joined(separator: " "))
    }
    return rows
  }

  private static func each(_ handle: OpaquePointer, _ sql: String, _ body: (OpaquePointer) -> Void) throws {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw Journey.Wrong(found: String(cString: sqlite3_errmsg(handle)))
    }
    defer { sqlite3_finalize(statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: body(statement)
      case SQLITE_DONE: return
      default: throw Journey.Wrong(found: String(cString: sqlite3_errmsg(handle)))
      }
    }
  }

  private static func hash(_ row: OpaquePointer, into hasher: inout Hasher) {
    for column in 0..<sqlite3_column_count(row) {
      hasher.combine(sqlite3_column_type(row, column))
      let start = sqlite3_column_blob(row, column)
      hasher.combine(
        bytes: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column))))
    }
  }
}
