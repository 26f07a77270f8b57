import Audit
import Foundation
import Gateway
import Store
import TestRig
import Testing

@Suite("The audit log of a gateway that delivers", .timeLimit(.minutes(60)))
struct DeliveryEntryTests {
  private let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString

  private static let event = Result {
    Array(
      try Data(
        contentsOf: URL(
          fileURLWithPath: RepositoryFolder.path + "/Mappings/visiba/cases/booked-visit/event.json")))
  }

  private func gateway(_ neighbour: HTTPNeighbour) throws -> RunningGateway {
    var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/journal")
    target.network = .loopback
    return try RunningGateway(data: data, targets: ["journal": TargetConfiguration(.http(target))])
  }

  private func send(_ gateway: RunningGateway) throws -> String {
    let answer = try gateway.post(Self.event.get(), to: "/in/visiba/visit-event")
    #expect(answer.status == 202)
    return answer.json["id"] as? String ?? ""
  }

  /// The first delivery of a message, once it is in a state.
  private func delivery(of id: String, _ state: String, at gateway: RunningGateway) throws -> [String: Any] {
    let found = try look {
      try gateway.get("/messages/\(id)/trace").json["deliveries"] as? [[String: Any]] ?? []
    } until: {
      $0.first?["state"] as? String == state
    }
    guard let first = found.first, first["state"] as? String == state else {
      Issue.record("never \(state): \(found)")
      return [:]
    }
    return first
  }

  @Test("names each delivery before it leaves and tells how it ended, all of them found by the patient")
  func delivered() async throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    let gateway = try gateway(neighbour)
    try neighbour.answer(#"{"status": 422}"#)
    let id = try send(gateway)
    let key = try #require(try delivery(of: id, "dead", at: gateway)["key"] as? String)
    let number = try #require(try delivery(of: id, "dead", at: gateway)["number"] as? Int)
    try neighbour.answer("{}")
    #expect(try gateway.post([], to: "/deliveries/\(number)/retry").status == 200)
    _ = try delivery(of: id, "delivered", at: gateway)
    gateway.stop()

    let kept = try GatewayLog(data)
    var query = AuditQuery()
    let events = try kept.events().filter { $0.message == id }
    query.patient = try #require(events.first?.patient)
    let found = try await kept.log.search(
      query, asking: AuditEvent(time: 0, action: .search, system: "test")
    ).map(\.event).filter { $0.message == id }
    #expect(found == events)
    let way = "visits-to-the-journal>journal"
    #expect(events.map(\.action) == [.translate, .deliver, .intervene, .deliver])
    #expect(events.map(\.outcome) == [.done, .failed, .done, .done])
    #expect(
      events.map(\.route) == [
        "visiba/visit-event \(way)", way, "visiba/visit-event retry \(way)", way,
      ])
    #expect(events.map(\.correlation) == ["", key, key, key])
    #expect(events[0].resourceKinds.contains("Encounter") && events[0].resourceKinds.contains("Patient"))
  }

  @Test("Nothing leaves while its entry cannot be committed; it leaves once it can")
  func stopped() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    try gateway(neighbour).stop()
    try sql("CREATE TRIGGER refused BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
    var gateway = try gateway(neighbour)
    let id = try send(gateway)
    for _ in 0..<20 {
      #expect(try gateway.get("/messages/\(id)").status != 200)
      usleep(50_000)
    }
    #expect(try neighbour.requests().isEmpty)
    gateway.stop()
    try sql("DROP TRIGGER refused")
    gateway = try self.gateway(neighbour)
    _ = try delivery(of: id, "delivered", at: gateway)
    #expect(try neighbour.requests().count == 1)
    gateway.stop()
  }

  @Test("tells who replays which messages, and what retention removes")
  func replayedAndRemoved() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    let configured = try GatewayConfiguration(
      text: "systems: anybody\nretention: {messages: {visiba/visit-event: 1 s}, look-every: 100 ms}\n",
      named: "sluss.yaml")
    let gateway = try RunningGateway(data: data) { $0.retention = configured.retention }
    let id = try send(gateway)
    #expect(try gateway.message(id).json["state"] as? String == "translated")
    #expect(try gateway.post([], to: "/replay?mapping=visiba/visit-event&dry-run=false").status == 200)
    gateway.stop()

    let kept = try GatewayLog(data)
    let replay = try #require(try kept.events().first { $0.route == "replay" })
    #expect(replay.action == .intervene && replay.correlation.hasPrefix("mapping=visiba/visit-event "))
    // What waits for its target is not removed, so nothing tells that anything was.
    #expect(try kept.events().allSatisfy { $0.action != .delete })
  }

  @Test("tells with which settings it runs, once, and what is otherwise at the next start")
  func settings() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    for print in ["one", "one", "two"] {
      try RunningGateway(data: data) { $0.fingerprint = print }.stop()
    }
    let told = try GatewayLog(data).events().filter { $0.action == .configure }.map(\.correlation)
    #expect(told.count == 2)
    #expect(told.first?.contains("sluss.yaml one") == true && told.first?.contains("signing key ") == true)
    #expect(told.last == "sluss.yaml two")
  }

  private func sql(_ text: String) throws {
    let program = [
      "-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()",
      data + "/sluss.sqlite", text,
    ]
    #expect(try Program.run("/usr/bin/python3", program).status == 0)
  }
}
