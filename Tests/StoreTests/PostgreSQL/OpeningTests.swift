import Foundation
import Store
import TestRig
import Testing

@Suite("Opening PostgreSQL", .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct OpeningTests {
  let place = TemporaryPlace()

  @Test("tables of a newer version are refused")
  func newer() throws {
    try place.openPostgreSQL().close()
    try PostgreSQLServer.shared.get().psql("UPDATE \(place.schema).schema_version SET version = 99")
    let error = #expect(throws: StoreError.self) { try place.openPostgreSQL() }
    #expect(error?.description.contains("schema version 99") == true)
  }

  @Test("a server that is not there is told, and a schema that is not")
  func absent() throws {
    let nowhere = PostgreSQLConfiguration(connection: "host=/nonexistent dbname=x")
    #expect(throws: StoreError.unreachable(doing: "connecting")) { try PostgreSQLMessageStore(nowhere) }
    let server = try PostgreSQLServer.shared.get()
    let nothing = PostgreSQLConfiguration(connection: server.connection(to: "nothing"))
    let error = #expect(throws: StoreError.self) { try PostgreSQLMessageStore(nothing) }
    #expect(error?.description.contains("SQLSTATE") == true)
  }

  @Test("the password may come from elsewhere than the connection string")
  func password() throws {
    let server = try PostgreSQLServer.shared.get()
    let role = "r" + place.schema
    var configuration = try place.configuration(on: server)
    try server.psql(
      "CREATE ROLE \(role) LOGIN PASSWORD 'correct' IN ROLE guarded; ALTER SCHEMA \(place.schema) OWNER TO \(role)"
    )
    configuration.connection = configuration.connection.replacing("user=sluss", with: "user=\(role)")
    #expect(throws: StoreError.unreachable(doing: "connecting")) { try PostgreSQLMessageStore(configuration) }
    configuration.password = "wrong"
    #expect(throws: StoreError.unreachable(doing: "connecting")) { try PostgreSQLMessageStore(configuration) }
    configuration.password = "correct"
    #expect(try PostgreSQLMessageStore(configuration).counts() == [:])
  }
}
