/// A connection that reads for the parts of the store that both engines share. It is made when it is first
/// wanted and again when it broke. On tables of another version it asks nothing.
final class PostgreSQLSession: SQLConnection, PostgreSQLAsking {
  private let configuration: PostgreSQLConfiguration
  private let schema: PostgreSQLSchemaWatch
  private var connection: PostgreSQLConnection?
  /// Reads of one transaction can't go on in another.
  private var isInTransaction = false
  private var changed = 0
  private var foresight = PostgreSQLForesight()
  /// What goes with the next that is asked: the beginning of a transaction, and what was announced.
  private var pending: [PostgreSQLCall] = []

  init(_ configuration: PostgreSQLConfiguration, _ schema: PostgreSQLSchemaWatch) {
    self.configuration = configuration
    self.schema = schema
  }

  let dialect = SQLDialect.postgresql

  func statement(_ sql: String, doing: String) -> any SQLStatement {
    PostgreSQLStatement(sql, doing: doing, by: self)
  }

  func changedRows() -> Int { changed }

  /// Readers add nothing.
  func insert(
    _ statement: any SQLStatement, into table: String, numberAt index: Int32
  ) throws(StoreError) -> Int64 {
    throw .failed(doing: "adding a row while reading", code: 0)
  }

  func foresee(_ call: PostgreSQLCall) {
    if foresight.announce(call) { pending.append(call) }
  }

  /// Asks once more when the connection that was there turns out to be broken.
  func ask(_ call: PostgreSQLCall, doing: String) throws(StoreError) -> PostgreSQLRows {
    if let rows = foresight.answer(to: call) { return rows }
    let calls = pending + (foresight.expects(call) ? [] : [call])
    do throws(PostgreSQLFailure) {
      let answers = try ask(calls)
      for (call, rows) in zip(calls, answers) where foresight.expects(call) {
        foresight.hear(rows, to: call, of: foresight.time)
      }
      if calls.contains(where: { $0.sql.hasPrefix("BEGIN") }) { isInTransaction = true }
      pending = []
      guard let rows = foresight.answer(to: call) ?? answers.last else { throw .lost }
      changed = rows.changes
      return rows
    } catch {
      if case .lost = error { connection = nil }
      end()
      throw error.storeError(doing: doing)
    }
  }

  /// A transaction begins with the first question in it, and one without any is none.
  func post(_ call: PostgreSQLCall, doing: String) throws(StoreError) {
    guard !call.sql.hasPrefix("BEGIN") else {
      end()
      return pending = [call]
    }
    defer { if call.sql == "COMMIT" { end() } }
    if call.sql == "COMMIT", !isInTransaction { return }
    pending = []
    _ = try ask(call, doing: doing)
  }

  private func end() {
    isInTransaction = false
    pending = []
    foresight.forget()
  }

  private func ask(_ calls: [PostgreSQLCall]) throws(PostgreSQLFailure) -> [PostgreSQLRows] {
    if !isInTransaction { try schema.check() }
    if let connection {
      do throws(PostgreSQLFailure) { return try run(calls, on: connection) } catch {
        guard case .lost = error, !isInTransaction else { throw error }
      }
    }
    let fresh = try PostgreSQLConnection(configuration)
    try PostgreSQLSchema.check(fresh)
    connection = fresh
    return try run(calls, on: fresh)
  }

  private func run(
    _ calls: [PostgreSQLCall], on connection: PostgreSQLConnection
  ) throws(PostgreSQLFailure) -> [PostgreSQLRows] {
    if !isInTransaction { try connection.prepare(calls) }
    return try connection.run(calls)
  }
}
