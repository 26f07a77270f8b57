import Foundation
import Gateway
import TestRig
import Testing

/// From a message that is sent in to what a target gets, over real connections.
@Suite("The gateway delivers", .timeLimit(.minutes(60)))
struct DeliveringTests {
  private static let routes = """
    routes:
      visits:
        from: a/visit
        to: {journal: b/contact}
        order: = patient.identifier.value.first()
        delivery: {timeout: 5 min, backoff: 20 ms to 50 ms}
    """

  private func event(_ id: String, patient: String = "191212121212", family: String = "Tolvansson") -> [UInt8]
  {
    let patient = #"{"pnr": "\#(patient)", "family": "\#(family)"}"#
    return Array(#"{"id": "\#(id)", "status": "done", "patient": \#(patient), "diagnoses": []}"#.utf8)
  }

  /// Sends an event and gives the message's id.
  @discardableResult
  private func send(_ event: [UInt8], to gateway: RunningGateway) throws -> String {
    let answer = try gateway.post(event, to: "/in/a/visit")
    #expect(answer.status == 202)
    return answer.json["id"] as? String ?? ""
  }

  /// The deliveries of a message once all are in one of these states.
  private func deliveries(
    of id: String, in states: Set<String>, at gateway: RunningGateway
  ) throws -> [[String: Any]] {
    let areThere = { (all: [[String: Any]]) in
      !all.isEmpty && all.allSatisfy { states.contains($0["state"] as? String ?? "") }
    }
    let found = try look {
      try gateway.get("/messages/\(id)/trace").json["deliveries"] as? [[String: Any]] ?? []
    } until: {
      areThere($0)
    }
    if !areThere(found) { Issue.record("deliveries never came to \(states): \(found)") }
    return found
  }

  private func withGateway(
    _ routes: String, _ targets: [String: TargetConfiguration],
    _ body: (RunningGateway, EditableMappings) throws -> Void
  ) throws {
    let mappings = try EditableMappings()
    defer { mappings.remove() }
    try mappings.write(routes, to: "routes.yaml")
    let gateway = try RunningGateway(mappings: mappings.path, targets: targets)
    defer {
      gateway.stop()
      gateway.remove()
    }
    try body(gateway, mappings)
  }

  private func http(_ neighbour: HTTPNeighbour, _ change: (inout HTTPTarget) -> Void = { _ in })
    -> TargetConfiguration
  {
    var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/journal")
    target.network = .loopback
    change(&target)
    return TargetConfiguration(.http(target))
  }

  @Test("over HTTP, once, with a key, the type and what the configuration adds")
  func overHTTP() throws {
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    let secret = NSTemporaryDirectory() + UUID().uuidString
    try "s3cret\n".write(toFile: secret, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: secret) }
    let target = http(neighbour) {
      $0.token = .file(secret)
      $0.headers = [.init(name: "X-Unit", value: "video")]
    }
    try withGateway(Self.routes, ["journal": target]) { gateway, _ in
      let id = try send(event("V1"), to: gateway)
      let delivery = try #require(try deliveries(of: id, in: ["delivered"], at: gateway).first)
      let requests = try neighbour.requests()
      #expect(requests.count == 1)
      let request = try #require(requests.first)
      #expect(request.path == "/journal")
      #expect(request.headers["authorization"] == "Bearer s3cret")
      #expect(request.headers["x-unit"] == "video")
      #expect(request.headers["content-type"] == "application/xml")
      #expect(request.headers["idempotency-key"] == "\"\(delivery["key"] ?? "")\"")
      #expect(try request.body == gateway.get("/messages/\(id)/as/b/contact").body)
    }
  }

  @Test(
    "in a SOAP envelope with its action and logical address; a client's fault is for good, a server's passes")
  func soap() throws {
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    let target = http(neighbour) { $0.soap = .init(action: "urn:a:Do", logicalAddress: "SE2321000016-<A&B>") }
    try withGateway(Self.routes, ["journal": target]) { gateway, _ in
      let fault = { (code: String) in
        let text =
          "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault>"
          + "<faultcode>s:\(code)</faultcode><faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>"
        return #"{"status": 500, "body": "\#(text)"}"#
      }
      try neighbour.answer(fault("Server"))
      let id = try send(event("V1"), to: gateway)
      let request = try #require(try neighbour.requests(atLeast: 2).first)
      #expect(request.headers["soapaction"] == "\"urn:a:Do\"")
      #expect(request.headers["content-type"] == "text/xml; charset=utf-8")
      #expect(request.text.contains("<soap:Body><"))
      #expect(request.text.contains(">SE2321000016-&lt;A&amp;B></LogicalAddress>"))
      try neighbour.answer(fault("Client"))
      let dead = try #require(try deliveries(of: id, in: ["dead"], at: gateway).first)
      #expect(dead["problem"] as? String == "the target answers 500 with a SOAP fault, Client")
    }
  }

  @Test(
    "in the end, whatever the target does in between",
    arguments: [
      #"{"status": 503}"#, #"{"drop": true}"#, #"{"status": 200, "body": "abc", "half": true}"#,
      #"{"status": 401}"#, #"{"status": 302}"#, #"{"delay": 3}"#,
    ])
  func afterTrouble(_ trouble: String) throws {
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    // Only who is late is to meet the deadline.
    let routes = trouble.contains("delay") ? Self.routes.replacing("5 min", with: "2 s") : Self.routes
    try withGateway(routes, ["journal": http(neighbour)]) { gateway, _ in
      try neighbour.answer(trouble)
      let id = try send(event("V1"), to: gateway)
      _ = try neighbour.requests(atLeast: 2)
      #expect(try deliveries(of: id, in: ["waiting"], at: gateway).count == 1)
      try neighbour.answer("{}")
      let delivery = try #require(try deliveries(of: id, in: ["delivered"], at: gateway).first)
      let keys = Set(try neighbour.requests().map { $0.headers["idempotency-key"] })
      #expect(keys == ["\"\(delivery["key"] ?? "")\""])
    }
  }

  @Test("nothing more of a patient while one of theirs is dead; retried, edited or skipped, the rest follows")
  func heldByDead() throws {
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    try withGateway(Self.routes, ["journal": http(neighbour)]) { gateway, _ in
      try neighbour.answer(#"{"status": 422}"#)
      let first = try send(event("V1"), to: gateway)
      let dead = try #require(try deliveries(of: first, in: ["dead"], at: gateway).first)
      #expect(dead["holdsLane"] as? Bool == true)
      try neighbour.answer("{}")
      let second = try send(event("V2"), to: gateway)
      let other = try send(event("V3", patient: "201212121212"), to: gateway)
      _ = try deliveries(of: other, in: ["delivered"], at: gateway)
      #expect(try deliveries(of: second, in: ["waiting"], at: gateway).count == 1)
      let number = try #require(dead["number"] as? Int)
      let edited = try gateway.post(
        Array("<mended/>".utf8), to: "/deliveries/\(number)/edit", ["-H", "Content-Type: application/xml"])
      #expect(edited.json["edition"] as? Int == 1)
      #expect(try gateway.post([], to: "/deliveries/\(number)/retry").json["state"] as? String == "waiting")
      _ = try deliveries(of: second, in: ["delivered"], at: gateway)
      #expect(try neighbour.requests().dropFirst(2).first?.text == "<mended/>")
      #expect(
        try gateway.get("/deliveries/\(number)/body/0").body
          == gateway.get("/messages/\(first)/as/b/contact").body)
      #expect(try gateway.post([], to: "/deliveries/\(number)/skip?reason=no").status == 409)
    }
  }

  @Test("to the folder of a target that takes files, each under its key")
  func toFolder() throws {
    let folder = NSTemporaryDirectory() + "sluss-drop-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try withGateway(Self.routes, ["journal": TargetConfiguration(.directory(folder), atOnce: 1)]) {
      gateway, _ in
      let id = try send(event("V1"), to: gateway)
      _ = try deliveries(of: id, in: ["delivered"], at: gateway)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["\(id).visits.journal.xml"])
    }
  }

  @Test("later what a mapping could not write: the patient's others wait, and a retry translates it anew")
  func unwritable() throws {
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    try withGateway(Self.routes, ["journal": http(neighbour)]) { gateway, mappings in
      try mappings.change(
        EditableMappings.contact, "patient.name[first].family", "patient.name[first].family | prefix('x:')")
      try gateway.serve(mappings)
      let id = try send(event("V1"), to: gateway)
      let dead = try #require(try deliveries(of: id, in: ["dead"], at: gateway).first)
      #expect((dead["problem"] as? String)?.hasPrefix("b/contact can't write it: SL") == true)
      let number = try #require(dead["number"] as? Int)
      #expect(try gateway.post([], to: "/deliveries/\(number)/retry").status == 409)
      try mappings.change(EditableMappings.contact, " | prefix('x:')", "")
      try gateway.serve(mappings)
      #expect(try gateway.post([], to: "/deliveries/\(number)/retry").status == 200)
      _ = try deliveries(of: id, in: ["delivered"], at: gateway)
      #expect(try neighbour.requests().count == 1)
    }
  }

  @Test("what waits for a target that nobody has configured yet, once somebody has")
  func unconfigured() throws {
    let neighbour = try HTTPNeighbour()
    defer { neighbour.end() }
    let mappings = try EditableMappings()
    defer { mappings.remove() }
    try mappings.write(Self.routes, to: "routes.yaml")
    let first = try RunningGateway(mappings: mappings.path)
    defer { first.remove() }
    let id = try send(event("V1"), to: first)
    #expect(try deliveries(of: id, in: ["waiting"], at: first).count == 1)
    first.stop()
    let second = try RunningGateway(
      data: first.data, mappings: mappings.path, targets: ["journal": http(neighbour)])
    defer { second.stop() }
    _ = try deliveries(of: id, in: ["delivered"], at: second)
  }

  @Test("Mirth #1059: what waits while destinations are put in another order, each to its own target")
  func reorderedDestinations() throws {
    let (journal, archive) = (try HTTPNeighbour(), try HTTPNeighbour())
    defer {
      journal.end()
      archive.end()
    }
    let routes = Self.routes.replacing("{journal: b/contact}", with: "{journal: b/contact, archive: hub}")
    try withGateway(routes, ["journal": http(journal), "archive": http(archive)]) { gateway, mappings in
      try journal.answer(#"{"status": 503}"#)
      try archive.answer(#"{"status": 503}"#)
      let id = try send(event("V1"), to: gateway)
      _ = try journal.requests(atLeast: 1)
      try mappings.change(
        "routes.yaml", "{journal: b/contact, archive: hub}", "{archive: hub, journal: b/contact}")
      try gateway.serve(mappings)
      try journal.answer("{}")
      try archive.answer("{}")
      _ = try deliveries(of: id, in: ["delivered"], at: gateway)
      #expect(try journal.requests().allSatisfy { $0.text.contains("<") })
      #expect(try archive.requests().allSatisfy { $0.text.hasPrefix(#"{"resourceType":"Bundle""#) })
    }
  }

  @Test("two thousand messages that come one after another, each once")
  func manyMessages() throws {
    let folder = NSTemporaryDirectory() + "sluss-drop-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try withGateway(Self.routes, ["journal": TargetConfiguration(.directory(folder), atOnce: 8)]) {
      gateway, mappings in
      try mappings.change(EditableMappings.visit, "identity: id\n", "")
      try gateway.serve(mappings)
      _ = try gateway.many(
        "/in/a/visit?n=[1-2000]", ["--data-binary", String(decoding: event("same"), as: UTF8.self)])
      let files = try look {
        try FileManager.default.contentsOfDirectory(atPath: folder).count
      } until: {
        $0 == 2000
      }
      #expect(files == 2000)
    }
  }
}
