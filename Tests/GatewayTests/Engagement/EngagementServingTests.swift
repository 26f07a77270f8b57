import Foundation
import Gateway
import TestRig
import Testing

/// A gateway keeps a simulated index told of what it takes in, through its outbox.
@Suite(.serialized)
final class EngagementServingTests {
  private static let events = RepositoryFolder.path + "/Mappings/visiba/cases/"
  private let neighbour: EngagementNeighbour

  init() throws { neighbour = try EngagementNeighbour() }

  deinit { neighbour.end() }

  private var target: HTTPTarget {
    var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/")
    target.network = .loopback
    target.soap = HTTPTarget.SOAP(
      action: "urn:riv:itintegration:engagementindex:UpdateResponder:1:Update",
      logicalAddress: EngagementNeighbour.owner)
    return target
  }

  private func gateway(_ data: String, tells: Bool = true) throws -> RunningGateway {
    let target = target
    let targets = ["engagement-index": TargetConfiguration(.http(target), atOnce: 1)]
    return try RunningGateway(data: data, targets: targets) {
      guard tells else { return }
      var engagement = EngagementConfiguration()
      engagement.findContent = target
      engagement.sources = ["SE2321000016-TESTVISIBA"]
      $0.engagement = engagement
    }
  }

  private func send(_ name: String, to gateway: RunningGateway) throws {
    let event = try String(contentsOfFile: Self.events + name + "/event.json", encoding: .utf8)
    let answer = try gateway.post(Array(event.utf8), to: "/in/visiba/visit-event")
    #expect(answer.status == 202)
    #expect(try gateway.message(answer.json["id"] as? String ?? "").json["state"] as? String == "translated")
  }

  /// What the index knows, once it is so; what it knows then when that does not come.
  private func known(_ wanted: [String]) throws -> [String] {
    try look {
      try neighbour.state().posts.map { $0["categorization"] ?? "" }.sorted()
    } until: {
      $0 == wanted
    }
  }

  @Test(
    "Visits and bookings are told, again after a fault, and those of before the index was configured; what is over is taken back"
  )
  func told() throws {
    let data = NSTemporaryDirectory() + "sluss-ei-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: data) }
    var running = try gateway(data, tells: false)
    try send("booked-visit", to: running)
    running.stop()
    #expect(try neighbour.state().posts.isEmpty)
    try neighbour.fail(before: 1, after: 1)
    running = try gateway(data)
    #expect(try known(["Booking", "vko"]) == ["Booking", "vko"])
    try send("completed-visit", to: running)
    #expect(try known(["dia", "vko", "voo"]) == ["dia", "vko", "voo"])
    #expect(try running.get("/metrics").text.contains(#"sluss_engagements_total{what="told"}"#))
    #expect(
      try running.get("/messages?mapping=engagement-index/update").text.contains("engagement-index/update"))
    running.stop()
  }
}
