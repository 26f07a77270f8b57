import HTTP
import Testing

/// A request that must not get through, and the answers that say so; 0 stands for a plain close.
struct Probe: CustomTestStringConvertible, Sendable {
  let name: String
  let request: String
  var statuses: Set<Int> = [400]

  var testDescription: String { name }
}

@Suite("The gate refuses")
struct GateTests {
  @Test("ambiguous or malformed requests, and closes the connection", arguments: Probe.all)
  func refuses(_ probe: Probe) throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send(probe.request + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(probe.statuses.contains(wire.answer()?.status ?? 0))
    #expect(wire.answer() == nil)
  }

  @Test("nothing that is clean", arguments: Probe.clean)
  func accepts(_ request: String) throws {
    let server = try echoServer()
    let wire = try Wire(port: server.port)
    wire.send(request)
    #expect(wire.answer()?.status == 200)
  }
}
