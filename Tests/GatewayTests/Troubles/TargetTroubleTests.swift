import Foundation
import Gateway
import TestRig
import Testing

/// One of two targets does not answer.
@Suite("A gateway with a target in trouble", .timeLimit(.minutes(60)))
struct TargetTroubleTests {
  private static let routes = """
    routes:
      visits:
        from: a/visit
        to: {journal: b/contact, archive: hub}
        order: = patient.identifier.value.first()
        delivery: {timeout: 1 s, backoff: 20 ms to 50 ms}

    """

  @Test(
    "takes all that comes and sends it to the other one; the first gets it all once it is well, each under one key",
    arguments: [#"{"hang": true}"#, #"{"delay": 2}"#, #"{"raw": "\u0000 garbage"}"#])
  func onlyOne(_ trouble: String) throws {
    let mappings = try EditableMappings()
    let neighbour = try HTTPNeighbour()
    let archive = NSTemporaryDirectory() + "sluss-archive-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
    try mappings.write(Self.routes, to: "routes.yaml")
    var journal = HTTPTarget(url: "http://127.0.0.1:\(neighbour.port)/journal")
    journal.network = .loopback
    let gateway = try RunningGateway(
      mappings: mappings.path,
      targets: [
        "journal": TargetConfiguration(.http(journal)), "archive": TargetConfiguration(.directory(archive)),
      ])
    defer {
      gateway.stop()
      gateway.remove()
      neighbour.end()
      mappings.remove()
      try? FileManager.default.removeItem(atPath: archive)
    }
    try neighbour.answer(trouble)
    for number in 0..<30 {
      let event = EditableMappings.event.replacing("\"V1\"", with: "\"V\(number)\"")
        .replacing("191212121212", with: Self.patients[number % 3])
      #expect(try gateway.post(Array(event.utf8), to: "/in/a/visit").status == 202)
    }
    #expect(
      try eventually { try FileManager.default.contentsOfDirectory(atPath: archive).count == 30 },
      "the other target gets all meanwhile")
    _ = try neighbour.requests(atLeast: 2)
    try neighbour.answer("{}")
    #expect(try eventually { try keys(neighbour).count == 30 })
    #expect(try eventually { try gateway.get("/targets").text.contains(#""waiting":0"#) })
  }

  private static let patients = ["191212121212", "201212121212", "198507099805"]

  private func keys(_ neighbour: HTTPNeighbour) throws -> Set<String> {
    Set(try neighbour.requests().compactMap { $0.headers["idempotency-key"] })
  }
}
