import Foundation
import Gateway
import TestRig
import Testing

/// The machine's clock is set while deliveries wait.
@Suite("A gateway whose clock is set", .timeLimit(.minutes(60)))
struct ClockTroubleTests {
  private static let routes = """
    routes:
      visits:
        from: a/visit
        to: {journal: b/contact}
        order: = patient.identifier.value.first()
        delivery: {timeout: 1 min, backoff: 20 ms to 50 ms}

    """

  private func event(_ id: String) -> [UInt8] {
    Array(EditableMappings.event.replacing("\"V1\"", with: "\"\(id)\"").utf8)
  }

  private func send(_ id: String, to gateway: RunningGateway) throws -> String {
    let answer = try gateway.post(event(id), to: "/in/a/visit")
    #expect(answer.status == 202)
    return answer.json["id"] as? String ?? ""
  }

  private func state(of id: String, is state: String, at gateway: RunningGateway) throws -> Bool {
    try eventually {
      let all = try gateway.get("/messages/\(id)/trace").json["deliveries"] as? [[String: Any]]
      return all?.first?["state"] as? String == state
    }
  }

  private func withTarget(
    _ body: (EditableMappings, HTTPNeighbour, [String: TargetConfiguration]) throws -> Void
  ) throws {
    let mappings = try EditableMappings()
    let neighbour = try HTTPNeighbour()
    defer {
      neighbour.end()
      mappings.remove()
    }
    try mappings.write(Self.routes, to: "routes.yaml")
    var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/journal")
    target.network = .loopback
    try body(mappings, neighbour, ["journal": TargetConfiguration(.http(target))])
  }

  @Test(
    "a year ahead, a year back, or there and back again: what waits is sent, in order, and so is what comes later",
    arguments: [[365], [-365], [365, 0], [-365, 0]])
  func jumps(_ days: [Int64]) throws {
    try withTarget { mappings, neighbour, targets in
      let clock = SetClock()
      let gateway = try RunningGateway(mappings: mappings.path, targets: targets, now: clock.now)
      defer {
        gateway.stop()
        gateway.remove()
      }
      try neighbour.answer(#"{"status": 503}"#)
      var ids = [try send("V0", to: gateway)]
      _ = try neighbour.requests(atLeast: 1)
      for (number, day) in days.enumerated() {
        clock.set(daysAhead: day)
        ids.append(try send("V\(number + 1)", to: gateway))
      }
      try neighbour.answer("{}")
      for id in ids { #expect(try state(of: id, is: "delivered", at: gateway)) }
      let keys = try neighbour.requests().compactMap { $0.headers["idempotency-key"] }
      let taken = keys.filter { key in ids.contains { key.contains($0) } }
      var order: [String] = []
      for key in taken where order.last != key { order.append(key) }
      #expect(order == ids.map { "\"\($0).visits.journal\"" }, "none before the one ahead of it")
    }
  }

  @Test("an attempt that failed while the clock was a year ahead is made again at a start with the right one")
  func restarted() throws {
    try withTarget { mappings, neighbour, targets in
      let clock = SetClock()
      clock.set(daysAhead: 365)
      let first = try RunningGateway(mappings: mappings.path, targets: targets, now: clock.now)
      defer { first.remove() }
      try neighbour.answer(#"{"status": 503}"#)
      let id = try send("V1", to: first)
      _ = try neighbour.requests(atLeast: 2)
      first.stop()
      try neighbour.answer("{}")
      let second = try RunningGateway(data: first.data, mappings: mappings.path, targets: targets)
      defer { second.stop() }
      #expect(try state(of: id, is: "delivered", at: second))
    }
  }

  @Test("a target that goes on failing while the clock is back from a year ahead is not given up for its age")
  func age() throws {
    try withTarget { mappings, neighbour, targets in
      let clock = SetClock()
      clock.set(daysAhead: 365)
      let gateway = try RunningGateway(mappings: mappings.path, targets: targets, now: clock.now)
      defer {
        gateway.stop()
        gateway.remove()
      }
      clock.set(daysAhead: 0)
      try neighbour.answer(#"{"status": 503}"#)
      let id = try send("V1", to: gateway)
      _ = try neighbour.requests(atLeast: 6)
      #expect(try state(of: id, is: "waiting", at: gateway))
      try neighbour.answer("{}")
      #expect(try state(of: id, is: "delivered", at: gateway))
    }
  }
}
