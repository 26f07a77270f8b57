import Audit
import Formats
import Foundation
import Mapping
import Store
import TestRig
import Testing

@testable import Gateway

@Suite("Accesses that are passed on", .timeLimit(.minutes(60)))
struct AccessForwardingTests {
  private let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
  private let kept: GatewayLog

  init() throws {
    kept = try GatewayLog(data)
  }

  private static let mappings = Result {
    try MappingReload(RepositoryFolder.path + "/Mappings", limits: ReadingLimits()) { _ in }.current
  }

  private func forwarding() throws -> AccessForwarding {
    AccessForwarding(
      current: try Self.mappings.get(), log: kept.log, store: kept.store, pseudonyms: Pseudonyms(key: [1]))
  }

  private func messages() throws -> [NewMessage] { try kept.store.untranslated(limit: 9).map(\.message) }

  private func entries(_ message: NewMessage) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(message.body)) as? [String: Any]
    return document?["entries"] as? [[String: Any]] ?? []
  }

  @Test("go at most 500 in a message, each once and under an id of its own, however often it is asked")
  func pages() async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    try await kept.log.append((0..<1200).map { GatewayLog.reading($0) })
    let forwarding = try forwarding()
    var steps: [AccessForwarding.Step] = []
    for _ in 0..<5 { steps.append(try forwarding.step()) }
    #expect(steps.map(\.told) == [500, 500, 200, 0, 0])
    #expect(steps.map(\.isAtEnd) == [false, false, true, true, true])
    let ids = try messages().flatMap { try entries($0).compactMap { $0["logId"] as? String } }
    #expect(ids.count == 1200 && Set(ids).count == 1200)
  }

  @Test("leave out what is no access, was refused, or lacks what StoreLog demands, and hold up nobody")
  func unfit() async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    var refused = GatewayLog.reading(1)
    refused.outcome = .refused
    var nameless = GatewayLog.reading(2)
    nameless.person = ""
    var machine = GatewayLog.reading(3)
    machine.action = .translate
    try await kept.log.append([refused, nameless, GatewayLog.reading(4), machine])
    #expect(try forwarding().step() == AccessForwarding.Step(told: 1, unfit: 1, isAtEnd: true))
    let message = try #require(try messages().first)
    let told = try #require(try entries(message).first)
    #expect(told["message"] as? String == "m-4")
  }

  @Test("are told by one of two who look at once, and by the other from where the first came to")
  func raced() async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    try await kept.log.append((0..<3).map { GatewayLog.reading($0) })
    let (one, other) = (try forwarding(), try forwarding())
    _ = try one.step()
    try await kept.log.append([GatewayLog.reading(4)])
    #expect(try other.step().told == 1)
    // Whoever worked it out from an earlier place is refused, and nothing of it is there.
    let stale = NewMessage(
      id: "stale", mapping: "audit/entry", received: 0, contentType: "application/json", body: [])
    let place = KeptEntry.Name(space: "audit", key: "forwarded")
    #expect(throws: StoreError.stale) {
      try kept.store.keepAndWait([KeptChange(place, expected: 1, value: [])], with: stale)
    }
    #expect(try kept.store.message("stale") == nil)
  }

  @Test("come to the log service as StoreLog, whose own deliveries are no accesses; the hub remembers none")
  func delivered() async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let own = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: own) }
    try await GatewayLog(own).append([GatewayLog.reading(1), GatewayLog.reading(2)])
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/log")
    target.network = .loopback
    target.soap = .init(
      action: "urn:riv:informationsecurity:auditing:log:StoreLogResponder:2:StoreLog",
      logicalAddress: "SE165565594230-1000")
    try neighbour.answer(
      #"{"body": "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><StoreLogResponse xmlns='urn:riv:informationsecurity:auditing:log:StoreLogResponder:2'><result><resultCode xmlns='urn:riv:informationsecurity:auditing:log:2'>OK</resultCode></result></StoreLogResponse></s:Body></s:Envelope>"}"#
    )
    let gateway = try RunningGateway(
      data: own, targets: ["log-service": TargetConfiguration(.http(target))]
    ) { $0.audit.forwardEvery = .milliseconds(50) }
    let request = try #require(try neighbour.requests(atLeast: 1).first)
    #expect(try eventually { try gateway.get("/targets").text.contains(#""waiting":0"#) })
    usleep(500_000)
    gateway.stop()
    #expect(try neighbour.requests().count == 1)
    #expect(request.text.contains(">SE165565594230-1000</LogicalAddress>"))
    #expect(request.text.components(separatedBy: "activityType>Läsa<").count == 3)
    let events = try GatewayLog(own).events().map { ($0.action, $0.route) }
    #expect(events.contains { $0 == (.translate, "audit/entry accesses-to-the-log-service>log-service") })
    #expect(events.contains { $0 == (.deliver, "accesses-to-the-log-service>log-service") })
    #expect(try !GatewayLog(own).knowsSomething())
  }
}
