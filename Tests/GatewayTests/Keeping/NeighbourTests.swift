import Foundation
import Gateway
import Store
import Synchronization
import TestRig
import Testing

@Suite(
  "Gateways that share a database",
  .enabled(if: PostgreSQLServer.isInstalled, "scripts/setup installs PostgreSQL"), .timeLimit(.minutes(5)))
struct NeighbourTests {
  private let schema = "s" + UUID().uuidString.replacing("-", with: "").lowercased()
  private let key = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  private func server() throws -> PostgreSQLServer {
    let server = try PostgreSQLServer.shared.get()
    try server.psql("CREATE SCHEMA IF NOT EXISTS \(schema)")
    return server
  }

  /// A gateway on the database, with the same key for pseudonyms as the others.
  private func running(_ mappings: String, _ news: News) throws -> Gateway {
    let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    let files = FileManager.default
    try files.createDirectory(atPath: data, withIntermediateDirectories: true)
    if files.fileExists(atPath: key) { try files.copyItem(atPath: key, toPath: data + "/pseudonym.key") }
    let text = """
      port: 0
      data: \(data)
      systems: anybody
      store: {postgresql: {connection: '\(try server().connection(to: schema))', lease: 3 s}}
      """
    var configuration = try GatewayConfiguration(text: text, named: "sluss.yaml")
    configuration.lookEvery = .milliseconds(20)
    configuration.stillFor = .milliseconds(60)
    let gateway = try Gateway(mappings: mappings, configuration, tell: news.add)
    if !files.fileExists(atPath: key) { try files.copyItem(atPath: data + "/pseudonym.key", toPath: key) }
    return gateway
  }

  @Test("One takes over from one that hangs while it translates for all, and says so")
  func hanging() async throws {
    let hanging = try PostgreSQLMessageStore(
      PostgreSQLConfiguration(connection: server().connection(to: schema)))
    #expect(try hanging.leadsTranslation())
    let mappings = try EditableMappings()
    let news = News()
    let gateway = try running(mappings.path, news)
    for number in 1...3 {
      let event = EditableMappings.event.replacing("V1", with: "V\(number)")
      let message = NewMessage(
        id: "m\(number)", mapping: "a/visit", received: 0, contentType: "application/json",
        body: Array(event.utf8))
      await withCheckedContinuation { waiter in hanging.accept(message) { _ in waiter.resume() } }
    }
    while try hanging.counts() != [.translated: 3] { try await Task.sleep(for: .milliseconds(50)) }
    // It shows all the while that it lives.
    #expect(try !hanging.leadsTranslation())
    await news.comes { $0.contains(.tookOver) }
    gateway.stop()
    hanging.close()
    mappings.remove()
  }

  @Test("One that starts with other mappings than the others says so, and when all have the same")
  func otherMappings() async throws {
    let (old, new) = (try EditableMappings(), try EditableMappings())
    try new.mark("new")
    let (news, late) = (News(), News())
    let first = try running(old.path, news)
    await news.settle()
    let second = try running(new.path, late)
    await late.comes {
      $0.contains { if case .otherMappings(_, let others) = $0 { others.count == 1 } else { false } }
    }
    // A rolling change: the first one loads them too.
    try old.mark("new")
    await late.comes { if case .sameMappings = $0.last { true } else { false } }
    second.stop()
    first.stop()
    old.remove()
    new.remove()
  }
}

/// What was told of neighbours.
private final class News: Sendable {
  private let told = Mutex<[NeighbourNews]>([])

  @Sendable func add(_ event: GatewayEvent) {
    if case .neighbours(let news) = event { told.withLock { $0.append(news) } }
  }

  /// Fails when it is never told.
  func comes(_ isSo: ([NeighbourNews]) -> Bool) async {
    let news = await watch({ told.withLock { $0 } }, until: isSo)
    #expect(isSo(news), "\(news)")
  }

  /// Nothing is to be told of one that is alone.
  func settle() async {
    try? await Task.sleep(for: .milliseconds(300))
    #expect(told.withLock { $0 }.isEmpty)
  }
}
