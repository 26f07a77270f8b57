/// The tables and functions, and how a database gets from one version of them to the next.
///
/// They stand in the schema that the connection's `search_path` names first, so that one database may hold
/// several stores.
enum PostgreSQLSchema {
  /// One entry for each version; entries are never changed.
  private static let steps = [
    PostgreSQLMessageTables.step + PostgreSQLDeliveryTables.step + PostgreSQLSharedTables.step
  ]

  /// Makes the tables those of this program, while every other gateway that starts waits. Throws
  /// ``StoreError/newerSchema(found:known:)``, and what the server says.
  static func update(_ connection: PostgreSQLConnection) throws(StoreError) {
    let doing = "updating the schema"
    try connection.asking(doing) { connection throws(PostgreSQLFailure) in
      try connection.script("BEGIN")
      _ = try connection.run(PostgreSQLWriterLock.call)
    }
    let found = try version(connection)
    guard found <= steps.count else { throw .newerSchema(found: found, known: steps.count) }
    try connection.asking(doing) { connection throws(PostgreSQLFailure) in
      for step in steps[found...] { try connection.script(step) }
      if found < steps.count { try connection.script("UPDATE schema_version SET version = \(steps.count)") }
      try connection.script("COMMIT")
    }
  }

  private static func version(_ connection: PostgreSQLConnection) throws(StoreError) -> Int {
    try connection.asking("reading the schema version") { connection throws(PostgreSQLFailure) in
      let place = "quote_ident(current_schema()) || '.schema_version'"
      let known = try connection.run(PostgreSQLCall("SELECT to_regclass(\(place)) IS NOT NULL"))
      guard known.flag(0, 0) else {
        try connection.script("CREATE TABLE schema_version AS SELECT 0::bigint AS version")
        return 0
      }
      return Int(try connection.run(PostgreSQLCall("SELECT version FROM schema_version")).integer(0, 0))
    }
  }
}
