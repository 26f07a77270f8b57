import Diagnostics
import Gateway
import Store
import Testing

/// What `sluss.yaml` may say of the store.
struct StoreConfigurationTests {
  private func read(_ store: String) throws -> StoreChoice {
    try GatewayConfiguration(text: "systems: anybody\nstore:\(store)\n", named: "sluss.yaml").store
  }

  private func fault(_ store: String) -> String {
    let error = #expect(throws: DiagnosticError.self) { try read(store) }
    return error?.diagnostics.map { "\($0.code.rawValue) \($0.place.line)" }.joined(separator: ", ") ?? ""
  }

  @Test("A file in the data folder is the standard")
  func standard() throws {
    #expect(try GatewayConfiguration(text: "systems: anybody\n", named: "sluss.yaml").store == .sqlite)
    #expect(try read(" sqlite") == .sqlite)
  }

  @Test("A database has a connection, and its password lies elsewhere")
  func database() throws {
    let text = """

        postgresql:
          connection: host=db dbname=sluss user=sluss sslmode=verify-full
          password: env SLUSS_TEST_NO_SUCH_PASSWORD
          lease: 2 min
      """
    guard case .postgresql(let choice) = try read(text) else {
      Issue.record("it is a database")
      return
    }
    #expect(choice.connection == "host=db dbname=sluss user=sluss sslmode=verify-full")
    #expect(choice.password == .environment("SLUSS_TEST_NO_SUCH_PASSWORD"))
    #expect(choice.lease == .seconds(120))
    #expect(throws: (any Error).self) { try choice.configuration() }
    guard case .postgresql(let least) = try read(" {postgresql: {connection: 'postgresql://db/sluss'}}")
    else {
      Issue.record("it is a database")
      return
    }
    #expect(try least.configuration().lease == 60_000 && least.configuration().progressWithin == nil)
  }

  @Test("A gateway that translates may get no further for as long as is said", arguments: ["4 min", "240 s"])
  func progress(within: String) throws {
    let text = " {postgresql: {connection: 'host=db', lease: 2 min, progress-within: \(within)}}"
    guard case .postgresql(let choice) = try read(text) else {
      Issue.record("it is a database")
      return
    }
    #expect(try choice.configuration().progressWithin == 240_000)
  }

  @Test(
    "What is no store is refused, and so is a password in the connection",
    arguments: [
      (" oracle", "SL0406 2"), (" {postgresql: {connection: 'nonsense'}}", "SL0406 2"),
      (" {postgresql: {connection: 'host=db password=x'}}", "SL0406 2"),
      (" {postgresql: {connection: 'postgresql://u:x@db/sluss'}}", "SL0406 2"),
      (" {postgresql: {connection: 'host=db', password: secret}}", "SL0406 2"),
      (" {postgresql: {connection: 'host=db', lease: 1 s}}", "SL0406 2"),
      (" {postgresql: {connection: 'host=db', progress-within: 59 s}}", "SL0406 2"),
      (" {postgresql: {connection: 'host=db', lease: 3 s, progress-within: 25 h}}", "SL0406 2"),
      (" {postgresql: {connection: 'host=db', progress-within: soon}}", "SL0406 2"),
    ])
  func refused(store: String, told: String) {
    #expect(fault(store) == told)
  }
}
