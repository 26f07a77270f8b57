import CSQLite
import Cryptography

/// The statements about the audit log of a connection that reads.
final class AuditReader {
  static let corrupt = SQLITE_CORRUPT

  private let last, page, ofPatient, ofPerson, time, tile, places, keysOf, keys, key: any SQLStatement
  private let checkpoints, largest: any SQLStatement

  init(_ connection: any SQLConnection) throws(StoreError) {
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "reading the audit log")
    }
    last = try prepare("SELECT coalesce(max(number), -1) + 1 FROM audit")
    page = try prepare("SELECT \(Self.columns) FROM audit WHERE number >= ? ORDER BY number LIMIT ?")
    ofPatient = try prepare(Self.search("patient"))
    ofPerson = try prepare(Self.search("person"))
    time = try prepare("SELECT number, time FROM audit WHERE number >= ? ORDER BY number LIMIT 1")
    tile = try prepare("SELECT hashes FROM audit_tile WHERE place = ?")
    places = try prepare("SELECT place FROM audit_tile ORDER BY place")
    keysOf = try prepare("SELECT id, pseudonym, wrapped FROM audit_key WHERE pseudonym = ? ORDER BY id")
    keys = try prepare("SELECT id, pseudonym, wrapped FROM audit_key WHERE id > ? ORDER BY id LIMIT ?")
    key = try prepare("SELECT id, pseudonym, wrapped FROM audit_key WHERE id = ?")
    checkpoints = try prepare("SELECT size, note FROM audit_checkpoint WHERE size > ? ORDER BY size LIMIT ?")
    largest = try prepare("SELECT size, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
  }

  // MARK: entries

  func size() throws(StoreError) -> Int {
    defer { last.reset() }
    return try last.step() ? Int(last.integer(0)) : 0
  }

  func entries(from number: Int, limit: Int) throws(StoreError) -> [StoredAuditEntry] {
    try page.bind(Int64(number), at: 1)
    try page.bind(Int64(limit), at: 2)
    return try rows(of: page, Self.entry)
  }

  func visit(
    from number: Int, limit: Int, _ visit: (AuditRow, Span<UInt8>) -> Bool
  ) throws(StoreError) {
    defer { page.reset() }
    try page.bind(Int64(number), at: 1)
    try page.bind(Int64(limit), at: 2)
    var wantsMore = true
    while wantsMore, try page.step() {
      let row = AuditRow(
        number: Int(page.integer(0)), time: page.integer(1), patient: page.optionalInteger(2),
        person: page.optionalInteger(3))
      page.show(4) { wantsMore = visit(row, $0) }
    }
  }

  func entries(ofPatient patient: Int64) throws(StoreError) -> [StoredAuditEntry] {
    try ofPatient.bind(patient, at: 1)
    return try rows(of: ofPatient, Self.entry)
  }

  func entries(ofPerson person: Int64) throws(StoreError) -> [StoredAuditEntry] {
    try ofPerson.bind(person, at: 1)
    return try rows(of: ofPerson, Self.entry)
  }

  /// Halves the log until the place is found.
  func first(since sought: Int64) throws(StoreError) -> Int? {
    var low = 0
    var high = try size()
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if let found = try row(from: middle), found.time < sought {
        low = found.number + 1
      } else {
        high = middle
      }
    }
    return low < end ? try row(from: low)?.number : nil
  }

  private func row(from number: Int) throws(StoreError) -> (number: Int, time: Int64)? {
    defer { time.reset() }
    try time.bind(Int64(number), at: 1)
    return try time.step() ? (Int(time.integer(0)), time.integer(1)) : nil
  }

  // MARK: the tree

  func tile(level: Int, number: Int) throws(StoreError) -> [UInt8]? {
    defer { tile.reset() }
    try tile.bind(Self.place(level: level, number: number), at: 1)
    return try tile.step() ? tile.blob(0) : nil
  }

  func tileRoot(level: Int, number: Int) throws(StoreError) -> SHA256.Digest {
    guard let bytes = try tile(level: level, number: number), let tile = MerkleTile(bytes: bytes),
      let root = tile.subtree(height: MerkleTile.height, index: 0)
    else { throw .failed(doing: "reading the audit log", code: Self.corrupt) }
    return root
  }

  func tiles() throws(StoreError) -> [AuditTilePlace] {
    try rows(of: places) { row in
      AuditTilePlace(level: Int(row.integer(0) >> 48), number: Int(row.integer(0) & (1 << 48 - 1)))
    }
  }

  static func place(level: Int, number: Int) -> Int64 {
    Int64(level) << 48 | Int64(number)
  }

  // MARK: keys and checkpoints

  func keys(of pseudonym: [UInt8]) throws(StoreError) -> [AuditKey] {
    try keysOf.bind(pseudonym, at: 1)
    return try rows(of: keysOf, Self.key)
  }

  func keys(after id: [UInt8], limit: Int) throws(StoreError) -> [AuditKey] {
    try keys.bind(id, at: 1)
    try keys.bind(Int64(limit), at: 2)
    return try rows(of: keys, Self.key)
  }

  func key(_ id: [UInt8]) throws(StoreError) -> AuditKey? {
    try key.bind(id, at: 1)
    return try rows(of: key, Self.key).first
  }

  func checkpoints(after size: Int, limit: Int) throws(StoreError) -> [StoredCheckpoint] {
    try checkpoints.bind(Int64(size), at: 1)
    try checkpoints.bind(Int64(limit), at: 2)
    return try rows(of: checkpoints, Self.checkpoint)
  }

  func lastCheckpoint() throws(StoreError) -> StoredCheckpoint? {
    try rows(of: largest, Self.checkpoint).first
  }

  // MARK: rows

  private func rows<Row>(of statement: any SQLStatement, _ read: (any SQLStatement) -> Row) throws(StoreError)
    -> [Row]
  {
    defer { statement.reset() }
    var found: [Row] = []
    while try statement.step() { found.append(read(statement)) }
    return found
  }

  private static func entry(_ row: any SQLStatement) -> StoredAuditEntry {
    StoredAuditEntry(
      number: Int(row.integer(0)), time: row.integer(1), patient: row.optionalInteger(2),
      person: row.optionalInteger(3), record: row.blob(4))
  }

  private static func checkpoint(_ row: any SQLStatement) -> StoredCheckpoint {
    StoredCheckpoint(size: Int(row.integer(0)), note: row.text(1))
  }

  private static func key(_ row: any SQLStatement) -> AuditKey {
    AuditKey(id: row.blob(0), pseudonym: row.blob(1), wrapped: row.blob(2))
  }

  private static let columns = "number, time, patient, person, record"

  /// One look into the index for each block of 4096 entries.
  private static func search(_ column: String) -> String {
    """
    WITH RECURSIVE block (number) AS (
      SELECT min(number) >> 12 FROM audit
      UNION ALL SELECT number + 1 FROM block WHERE number < (SELECT max(number) >> 12 FROM audit)
    )
    SELECT audit.number, time, patient, person, record FROM block CROSS JOIN audit
    WHERE audit.number >> 12 = block.number AND \(column) = ? ORDER BY audit.number
    """
  }
}
