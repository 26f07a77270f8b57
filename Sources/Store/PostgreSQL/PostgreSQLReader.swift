/// A connection for one purpose at a time, which is made when it is first wanted and again when it broke. On tables of
/// another version it asks nothing.
final class PostgreSQLReader {
  private let configuration: PostgreSQLConfiguration
  private let schema: PostgreSQLSchemaWatch
  private var connection: PostgreSQLConnection?

  init(_ configuration: PostgreSQLConfiguration, _ schema: PostgreSQLSchemaWatch) {
    self.configuration = configuration
    self.schema = schema
  }

  /// Asks once more when the connection that was there turns out to be broken: asking changes nothing that
  /// may not be changed twice.
  /// - Parameter first: done once with each new connection.
  func ask<Value>(
    _ doing: String, first: (PostgreSQLConnection) throws(PostgreSQLFailure) -> Void = { _ in },
    _ work: (PostgreSQLConnection) throws(PostgreSQLFailure) -> Value
  ) throws(StoreError) -> Value {
    do throws(PostgreSQLFailure) {
      try schema.check()
      if let connection {
        do throws(PostgreSQLFailure) { return try work(connection) } catch .lost { self.connection = nil }
      }
      let fresh = try PostgreSQLConnection(configuration)
      try PostgreSQLSchema.check(fresh)
      try first(fresh)
      connection = fresh
      return try work(fresh)
    } catch {
      if case .lost = error { connection = nil }
      throw error.storeError(doing: doing)
    }
  }
}
