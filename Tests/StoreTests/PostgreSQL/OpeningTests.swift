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

  /// The version of the tables.
  private func version() throws -> Int {
    try #require(
      Int(PostgreSQLServer.shared.get().psql("SELECT version FROM \(place.schema).schema_version")))
  }

  /// Makes the tables those of the version before, whose last step may be done again; gives their version.
  private func makeOlder() throws -> Int {
    try PostgreSQLServer.shared.get().psql("UPDATE \(place.schema).schema_version SET version = version - 1")
    return try version()
  }

  @Test("tables are not changed while a gateway of the older version runs; when it is gone, they are")
  func olderRuns() async throws {
    let server = try PostgreSQLServer.shared.get()
    try place.openPostgreSQL().close()
    let older = try makeOlder()
    try server.psql(
      "INSERT INTO \(place.schema).gateway (name, lease_until) VALUES ('old', now() + interval '1 hour')")
    let error = #expect(throws: StoreError.olderGatewaysRun(count: 1, found: older, known: older + 1)) {
      try place.openPostgreSQL()
    }
    #expect(
      error?.description == """
        the store has schema version \(older), and 1 gateway of that version runs on it; this program brings \
        version \(older + 1): \
        stop all gateways of the old version, then start the new ones. What waits stays in the store; one that was \
        killed counts until its lease is over
        """)
    #expect(try version() == older)
    try server.psql("UPDATE \(place.schema).gateway SET lease_until = 'epoch'")
    let new = try place.openPostgreSQL()
    #expect(await new.accept(message("a")) == .success(.accepted("a")))
  }

  @Test("one that was killed does not keep its own successor from bringing new tables")
  func olderPredecessor() throws {
    let file = try place.directory.get().path + "/gateway"
    try place.openPostgreSQL().close()
    _ = try makeOlder()
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
    let newer = StoreError.newerSchema(found: 99, known: try version())
    proxy.cutOnce()
    try PostgreSQLServer.shared.get().psql("UPDATE \(place.schema).schema_version SET version = 99")
    #expect(await old.accept(message("b")) == .failure(newer))
    #expect(throws: newer) { try old.take() }
    proxy.close()
  }

  @Test("one that hung until newer tables were there reads nothing of them, on connections that stayed open")
  func overtakenReaders() async throws {
    let old = try place.openPostgreSQL(change: { $0.lease = 1_200 })
    try await old.record(delivery("a"), of: "a")
    let newer = StoreError.newerSchema(found: 99, known: try version())
    // All have their connections.
    #expect(try old.message("a") != nil && !old.deliveryCounts().isEmpty)
    _ = try (old.messages(matching: MessageQuery(), limit: 9), old.take())
    try PostgreSQLServer.shared.get().psql("UPDATE \(place.schema).schema_version SET version = 99")
    #expect(eventually { (try? old.counts()) == nil })
    #expect(throws: newer) { try old.message("a") }
    #expect(throws: newer) { try old.deliveryCounts() }
    #expect(throws: newer) { try old.messages(matching: MessageQuery(), limit: 9) }
    #expect(throws: newer) { try old.take() }
    #expect(await old.accept(message("b")) == .failure(newer))
  }

  @Test("connections that are made when newer tables are there ask nothing")
  func overtakenReconnecting() throws {
    let proxy = try Proxy(to: PostgreSQLServer.shared.get().folder)
    let old = try place.openPostgreSQL(through: proxy)
    #expect(try old.counts() == [:])
    let newer = StoreError.newerSchema(found: 99, known: try version())
    try PostgreSQLServer.shared.get().psql("UPDATE \(place.schema).schema_version SET version = 99")
    proxy.cutOnce()
    #expect(throws: newer) { try old.counts() }
    #expect(throws: newer) { try old.messages(matching: MessageQuery(), limit: 9) }
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
