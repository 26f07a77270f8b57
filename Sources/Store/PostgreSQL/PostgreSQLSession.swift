/// A connection that reads for the parts of the store that both engines share. It is made when it is first
/// wanted and again when it broke.
final class PostgreSQLSession: SQLConnection, PostgreSQLAsking {
  private let configuration: PostgreSQLConfiguration
  private var connection: PostgreSQLConnection?
  /// Reads of one transaction can't go on in another.
  private var isInTransaction = false
  private var changed = 0

  init(_ configuration: PostgreSQLConfiguration) {
    self.configuration = configuration
  }

  let dialect = SQLDialect.postgresql

  func statement(_ sql: String, doing: String) -> any SQLStatement {
    PostgreSQLStatement(sql, doing: doing, by: self)
  }

  func changedRows() -> Int { changed }

  /// Asks once more when the connection that was there turns out to be broken.
  func ask(_ call: PostgreSQLCall, doing: String) throws(StoreError) -> PostgreSQLRows {
    do throws(PostgreSQLFailure) {
      let rows = try ask(call)
      if call.sql.hasPrefix("BEGIN") { isInTransaction = true }
      if call.sql == "COMMIT" { isInTransaction = false }
      changed = rows.changes
      return rows
    } catch {
      isInTransaction = false
      if case .lost = error { connection = nil }
      throw error.storeError(doing: doing)
    }
  }

  func post(_ call: PostgreSQLCall, doing: String) throws(StoreError) {
    _ = try ask(call, doing: doing)
  }

  private func ask(_ call: PostgreSQLCall) throws(PostgreSQLFailure) -> PostgreSQLRows {
    if let connection {
      do throws(PostgreSQLFailure) { return try connection.run(call) } catch {
        guard case .lost = error, !isInTransaction else { throw error }
      }
    }
    let fresh = try PostgreSQLConnection(configuration)
    connection = fresh
    return try fresh.run(call)
  }
}
