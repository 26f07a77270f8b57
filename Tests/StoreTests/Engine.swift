import Foundation
import Store
import TestRig
import Testing

/// What a store keeps its messages in. Tests of what the protocols promise run on each that is there.
enum Engine: String, CaseIterable, Sendable {
  case sqlite = "SQLite"
  case postgresql = "PostgreSQL"

  static let present: [Engine] = PostgreSQLServer.isInstalled ? allCases : [.sqlite]

  /// Each engine with seeds; a quarter of them for the one whose every step is a round trip.
  static func present(seeds: Int) -> [(Engine, Int)] {
    present.flatMap { engine in (0..<(engine == .sqlite ? seeds : seeds / 4)).map { (engine, $0) } }
  }
}

/// Where one test has its store, whichever engine that is; the same place is opened again and again.
final class TemporaryPlace: Sendable {
  let directory: Result<TemporaryDirectory, any Error> = Result { try TemporaryDirectory() }
  let schema = "s" + UUID().uuidString.replacing("-", with: "").lowercased()

  /// - Parameter sealing: whether content is encrypted; by a key of the test's unless another one is said.
  func open(
    _ engine: Engine, _ writing: StoreConfiguration = StoreConfiguration(), sealing: Bool = true
  ) throws -> any WholeStore {
    switch engine {
    case .sqlite:
      let configuration = sealing ? writing.sealing : writing
      return try SQLiteMessageStore(path: directory.get().store, configuration: configuration)
    case .postgresql: return try openPostgreSQL(sealing: sealing, change: { $0.writing = writing })
    }
  }

  /// A gateway on the database; a second one shares it.
  /// - Parameter proxy: the network between them.
  func openPostgreSQL(
    through proxy: Proxy? = nil, on server: PostgreSQLServer? = nil, sealing: Bool = true,
    signal: @escaping @Sendable (StoreSignal) -> Void = { _ in },
    change: (inout PostgreSQLConfiguration) -> Void = { _ in }
  ) throws -> PostgreSQLMessageStore {
    var configuration = try configuration(on: server ?? PostgreSQLServer.shared.get())
    if let proxy {
      configuration.connection = try (server ?? PostgreSQLServer.shared.get())
        .connection(to: schema, at: proxy.place)
    }
    change(&configuration)
    if sealing { configuration.writing = configuration.writing.sealing }
    return try PostgreSQLMessageStore(configuration, signal: signal)
  }

  /// Where the test's schema is; makes it.
  func configuration(on server: PostgreSQLServer) throws -> PostgreSQLConfiguration {
    try server.psql("CREATE SCHEMA IF NOT EXISTS \(schema)")
    return PostgreSQLConfiguration(connection: server.connection(to: schema))
  }
}

extension StoreConfiguration {
  fileprivate var sealing: StoreConfiguration {
    var configuration = self
    configuration.contentKey = contentKey ?? [UInt8](repeating: 7, count: 32)
    return configuration
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
