import Diagnostics
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// Answers whose status says less than their body: RIV-TA services answer 200 and a result code.
@Suite("What an answer's body says", .timeLimit(.minutes(60)))
struct AnswerTests {
  private static let routes = """
    routes:
      visits:
        from: a/visit
        to: {journal: b/contact}
        delivery:
          timeout: 5 min
          backoff: 20 ms to 50 ms
          answer:
            shape: c/response
            delivered: = resultCode in ('OK' | 'INFO')
            retry: = comment = 'busy'

    """
  private static let shape = """
    shape: c/response
    format: xml
    namespaces: {r: "urn:riv:a:UpdateResponder:1"}
    root: r:UpdateResponse
    fields:
      resultCode: code(OK, INFO, ERROR)
      comment?: text

    """

  private func answer(_ code: String, _ comment: String = "") -> String {
    let comment = comment.isEmpty ? "" : "<r:comment>\(comment)</r:comment>"
    let text =
      "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>"
      + "<r:UpdateResponse xmlns:r='urn:riv:a:UpdateResponder:1'><r:resultCode>\(code)</r:resultCode>\(comment)"
      + "</r:UpdateResponse></s:Body></s:Envelope>"
    return #"{"status": 200, "body": "\#(text)"}"#
  }

  private func withGateway(_ body: (RunningGateway, HTTPNeighbour) throws -> Void) throws {
    let mappings = try EditableMappings()
    let neighbour = try HTTPNeighbour()
    try mappings.write(Self.routes, to: "routes.yaml")
    try mappings.write(Self.shape, to: "c/response.shape.yaml")
    var target = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/journal")
    target.network = .loopback
    target.soap = .init(action: "urn:a:Do", logicalAddress: "SE2321000016-TEST")
    let gateway = try RunningGateway(
      mappings: mappings.path, targets: ["journal": TargetConfiguration(.http(target))])
    defer {
      gateway.stop()
      gateway.remove()
      neighbour.end()
      mappings.remove()
    }
    try body(gateway, neighbour)
  }

  /// The delivery of a message once it is in that state, or what it was last.
  private func delivery(of id: String, in state: String, at gateway: RunningGateway) throws -> [String: Any] {
    try look {
      let all = try gateway.get("/messages/\(id)/trace").json["deliveries"] as? [[String: Any]]
      return all?.first ?? [:]
    } until: {
      $0["state"] as? String == state
    }
  }

  private func send(to gateway: RunningGateway) throws -> String {
    try gateway.post(Array(EditableMappings.event.utf8), to: "/in/a/visit").json["id"] as? String ?? ""
  }

  @Test("OK and INFO have taken the delivery", arguments: ["OK", "INFO"])
  func taken(_ code: String) throws {
    try withGateway { gateway, neighbour in
      try neighbour.answer(answer(code))
      let id = try send(to: gateway)
      #expect(try delivery(of: id, in: "delivered", at: gateway)["state"] as? String == "delivered")
      #expect(try neighbour.requests().count == 1)
    }
  }

  @Test("ERROR has not, and it is dead; the answer's own words are not told")
  func refused() throws {
    try withGateway { gateway, neighbour in
      try neighbour.answer(answer("ERROR", "191212121212 is unknown"))
      let id = try send(to: gateway)
      let dead = try delivery(of: id, in: "dead", at: gateway)
      #expect(dead["problem"] as? String == "the target's answer says that it does not take it")
      #expect(try neighbour.requests().count == 1)
    }
  }

  @Test(
    "what the route says passes, what says nothing and what can't be read are sent again, with the same key",
    arguments: [
      ("ERROR busy", "the target's answer says that it can't take it now"),
      ("nothing", "the target's answer does not say whether it took it"),
      ("garbage", "the target's answer can't be read"),
    ])
  func again(_ trouble: String, _ problem: String) throws {
    try withGateway { gateway, neighbour in
      let answers = [
        "ERROR busy": answer("ERROR", "busy"), "nothing": #"{"status": 200, "body": "<hello/>"}"#,
        "garbage": #"{"status": 200, "body": "%!<<"}"#,
      ]
      try neighbour.answer(answers[trouble] ?? "")
      let id = try send(to: gateway)
      _ = try neighbour.requests(atLeast: 3)
      let waiting = try delivery(of: id, in: "waiting", at: gateway)
      #expect(waiting["problem"] as? String == problem)
      try neighbour.answer(answer("OK"))
      _ = try delivery(of: id, in: "delivered", at: gateway)
      #expect(Set(try neighbour.requests().map { $0.headers["idempotency-key"] }).count == 1)
    }
  }

  @Test("A rule that does not fit its shape is refused, with its place")
  func faults() throws {
    let mappings = try EditableMappings()
    defer { mappings.remove() }
    try mappings.write(Self.shape, to: "c/response.shape.yaml")
    for (written, wrong, code) in [
      ("= resultCode in", "= resultcode in", "resultcode"),
      ("shape: c/response", "shape: c/respons", "c/respons"),
      ("= resultCode in ('OK' | 'INFO')", "= resultCode", "boolean"),
    ] {
      try mappings.write(Self.routes.replacing(written, with: wrong), to: "routes.yaml")
      let error = #expect(throws: DiagnosticError.self) { try MappingFolder.load(mappings.path) }
      let diagnostic = try #require(error?.diagnostics.first)
      #expect(diagnostic.place.file.hasSuffix("routes.yaml"), "\(diagnostic)")
      #expect("\(diagnostic.problem)".contains(code), "\(diagnostic.problem)")
    }
  }
}
