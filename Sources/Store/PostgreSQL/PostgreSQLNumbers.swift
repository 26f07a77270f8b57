/// Numbers for new rows, taken from the database's own counters before the rows are written. They are of use in
/// one batch only, so that numbers grow in the order of commits.
struct PostgreSQLNumbers {
  private var free: [String: [Int64]] = [:]
  private var wanted: [String: Int64] = [:]

  /// - Parameter fetch: gets so many of a table, growing.
  mutating func next(
    of table: String, fetch: (PostgreSQLCall) throws(StoreError) -> PostgreSQLRows
  ) throws(StoreError) -> Int64 {
    if let number = free[table]?.popLast() { return number }
    // A batch that needs many soon gets many at a time.
    let count = min(512, (wanted[table] ?? 4) * 4)
    wanted[table] = count
    let rows = try fetch(Self.call(table, count))
    free[table] = rows.indices.reversed().map { rows.integer($0, 0) }
    guard let number = free[table]?.popLast() else { throw .unreachable(doing: "numbering rows") }
    return number
  }

  mutating func forget() {
    free.removeAll(keepingCapacity: true)
    wanted.removeAll(keepingCapacity: true)
  }

  private static func call(_ table: String, _ count: Int64) -> PostgreSQLCall {
    PostgreSQLCall(
      "SELECT nextval('\(table)_number_seq') FROM generate_series(1, $1::bigint)", .integer(count))
  }
}
