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

  /// Makes the tables those of the version before.
  private func makeOlder() throws {
    try PostgreSQLServer.shared.get().psql(
      """
      SET search_path = \(place.schema);
      DROP TABLE translator;
      ALTER TABLE waiting ADD COLUMN holder bigint, ADD COLUMN lease_until timestamptz;
      UPDATE schema_version SET version = 2
      """)
  }

  @Test("tables are not changed while a gateway of the older version runs; when it is gone, they are")
  func olderRuns() async throws {
    let server = try PostgreSQLServer.shared.get()
    try place.openPostgreSQL().close()
    try makeOlder()
    try server.psql(
      "INSERT INTO \(place.schema).gateway (name, lease_until) VALUES ('old', now() + interval '1 hour')")
    let error = #expect(throws: StoreError.olderGatewaysRun(count: 1, found: 2, known: 3)) {
      try place.openPostgreSQL()
    }
    #expect(
      error?.description == """
        the store has schema version 2, and 1 gateway of that version runs on it; this program brings version 3: \
        stop all gateways of the old version, then start the new ones. What waits stays in the store; one that was \
        killed counts until its lease is over
        """)
    #expect(try server.psql("SELECT version FROM \(place.schema).schema_version") == "2")
    try server.psql("UPDATE \(place.schema).gateway SET lease_until = 'epoch'")
    let new = try place.openPostgreSQL()
    #expect(await new.accept(message("a")) == .success(.accepted("a")))
  }

  @Test("one that was killed does not keep its own successor from bringing new tables")
  func olderPredecessor() throws {
    let file = try place.directory.get().path + "/gateway"
    try place.openPostgreSQL().close()
    try makeOlder()
    try PostgreSQLServer.shared.get().psql(
      "INSERT INTO \(place.schema).gateway VALUES (77, 'sluss x', now() + interval '1 hour')")
    try Data("77 sluss x".utf8).write(to: URL(filePath: file))
    #expect(try place.openPostgreSQL(change: { $0.presenceFile = file }).counts() == [:])
  }

  @Test("one that was cut off and comes back to newer tables writes nothing and takes nothing")
  func overtaken() async throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let old = try place.openPostgreSQL(through: proxy)
    try await old.record(delivery("a"))
    proxy.cutOnce()
    try PostgreSQLServer.shared.get().psql("UPDATE \(place.schema).schema_version SET version = 99")
    #expect(await old.accept(message("b")) == .failure(.newerSchema(found: 99, known: 3)))
    #expect(throws: StoreError.newerSchema(found: 99, known: 3)) { try old.take() }
    proxy.close()
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
