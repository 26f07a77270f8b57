/// Numbers for new rows, taken from the database's own counters before the rows are written. They are of use in
/// one batch only, so that numbers grow in the order of commits.
struct PostgreSQLNumbers {
  private var free: [String: Range<Int64>] = [:]
  private var wanted: [String: Int64] = [:]

  /// - Parameter fetch: gets so many of a table, growing.
  mutating func next(
    of table: String, fetch: (PostgreSQLCall) throws(StoreError) -> PostgreSQLRows
  ) throws(StoreError) -> Int64 {
    if let number = free[table]?.popFirst() { return number }
    // A batch that needs many soon gets many at a time.
    let count = min(512, (wanted[table] ?? 4) * 4)
    wanted[table] = count
    let rows = try fetch(Self.call(table, count))
    guard rows.count > 0 else { throw .unreachable(doing: "numbering rows") }
    let end = rows.integer(0, 0) + 1
    free[table] = end - count + 1..<end
    return end - count
  }

  mutating func forget() {
    free.removeAll(keepingCapacity: true)
    wanted.removeAll(keepingCapacity: true)
  }

  /// The last of so many. Nobody else takes any meanwhile, since whoever writes has the writer lock.
  private static func call(_ table: String, _ count: Int64) -> PostgreSQLCall {
    let counter = "'\(table)_number_seq'"
    return PostgreSQLCall("SELECT setval(\(counter), nextval(\(counter)) + $1::bigint - 1)", .integer(count))
  }
}
