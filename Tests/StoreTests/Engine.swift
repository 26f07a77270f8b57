import Foundation
import Store
import Testing

/// What a store keeps its messages in. Tests of what the protocols promise run on each that is there.
enum Engine: String, CaseIterable, Sendable {
  case sqlite = "SQLite"
  case postgresql = "PostgreSQL"

  static let present: [Engine] = PostgreSQLServer.isInstalled ? allCases : [.sqlite]
}

/// Where one test has its store, whichever engine that is; the same place is opened again and again.
final class TemporaryPlace: Sendable {
  let directory: Result<TemporaryDirectory, any Error> = Result { try TemporaryDirectory() }
  let schema = "s" + UUID().uuidString.replacing("-", with: "").lowercased()

  func open(_ engine: Engine, _ writing: StoreConfiguration = StoreConfiguration()) throws
    -> any MessageStore & DeliveryStore
  {
    switch engine {
    case .sqlite: try SQLiteMessageStore(path: directory.get().store, configuration: writing)
    case .postgresql: try openPostgreSQL(change: { $0.writing = writing })
    }
  }

  /// Another gateway on the database.
  func openPostgreSQL(
    signal: @escaping @Sendable (StoreSignal) -> Void = { _ in },
    change: (inout PostgreSQLConfiguration) -> Void = { _ in }
  ) throws -> PostgreSQLMessageStore {
    let server = try PostgreSQLServer.shared.get()
    try server.psql("CREATE SCHEMA IF NOT EXISTS \(schema)")
    var configuration = PostgreSQLConfiguration(connection: server.connection(to: schema))
    change(&configuration)
    return try PostgreSQLMessageStore(configuration, signal: signal)
  }
}

@Suite("PostgreSQL")
struct PostgreSQLPresenceTests {
  @Test(
    "runs all tests that SQLite does",
    .enabled(
      if: PostgreSQLServer.isInstalled,
      "PostgreSQL's server is not installed, so each test of the store ran on SQLite alone"))
  func runs() throws {
    #expect(Engine.present == [.sqlite, .postgresql])
    #expect(try PostgreSQLServer.shared.get().psql("SELECT 1") == "1")
  }
}
