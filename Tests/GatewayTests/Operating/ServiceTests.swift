import Foundation
import TestRig
import Testing

/// The program as a service manager runs it: it tells how it is, and stops in order.
@Suite("As a service", .timeLimit(.minutes(60)))
struct ServiceTests {
  @Test("it tells when it is ready, that it is alive, and that it stops")
  func notifies() throws {
    let socket = try NotifySocket()
    let gateway = try OperatedGateway(
      environment: ["NOTIFY_SOCKET": String(socket.path), "WATCHDOG_USEC": "300000"])
    let begin = try #require(socket.lines(until: "READY=1"))
    #expect(!begin.contains("STOPPING=1"))
    #expect(try gateway.curl(as: nil, "/health").status == 200)
    for _ in 0..<3 { #expect(socket.lines(until: "WATCHDOG=1") != nil) }
    gateway.sluss.signal(SIGTERM)
    #expect(socket.lines(until: "STOPPING=1") != nil)
    #expect(gateway.sluss.end() == 0)
  }

  @Test("it tells nothing where nobody asks, and is not watched where another process is meant")
  func silent() throws {
    let socket = try NotifySocket()
    let gateway = try OperatedGateway(
      environment: [
        "NOTIFY_SOCKET": String(socket.path), "WATCHDOG_USEC": "100000", "WATCHDOG_PID": "1",
      ])
    _ = try gateway.push(OperatedGateway.event("V1"))
    gateway.sluss.signal(SIGTERM)
    #expect(gateway.sluss.end() == 0)
    #expect(socket.lines(until: "STOPPING=1")?.contains("WATCHDOG=1") == false)
  }

  @Test(
    "stopped under load it loses nothing of what it took, ends well, and the next start delivers the rest")
  func stopsUnderLoad() throws {
    let gateway = try OperatedGateway()
    try gateway.journal.answer(#"{"delay": 0.02}"#)
    let load = try Load(gateway, events: 50_000)
    _ = try gateway.journal.requests(atLeast: 5)
    gateway.sluss.signal(SIGTERM)
    #expect(gateway.sluss.end() == 0)
    #expect(gateway.sluss.told.contains("sluss stops"))
    let accepted = try load.accepted()
    #expect(accepted.count >= 5 && accepted.count < 50_000)
    try gateway.journal.answer("{}")
    try gateway.restart()
    #expect(
      try eventually {
        let waiting = try gateway.run(as: "watcher", "messages", "list", "--state", "waiting", "--json")
        let received = try gateway.run(as: "watcher", "messages", "list", "--state", "received", "--json")
        return waiting.output.contains(#""deliveries":[]"#) && received.output.contains(#""messages":[]"#)
      })
    let keys = try gateway.journal.requests().compactMap { $0.headers["idempotency-key"] }
    let delivered = Set(keys.compactMap { $0.dropFirst().split(separator: ".").first.map(String.init) })
    #expect(Set(accepted).subtracting(delivered).isEmpty)
    // What was on its way when it ended may have come twice, but with the same key.
    #expect(keys.count - Set(keys).count <= 2)
    gateway.sluss.signal(SIGTERM)
    #expect(gateway.sluss.end() == 0)
  }

  @Test("a stop that takes too long is cut off, and what was on its way goes with the same key once more")
  func stopIsBounded() throws {
    let gateway = try OperatedGateway("stop-within: 500 ms\n")
    try gateway.journal.answer(#"{"hang": true}"#)
    let id = try gateway.push(OperatedGateway.event("V1")).id
    #expect(try gateway.journal.requests(atLeast: 1).count == 1)
    gateway.sluss.signal(SIGTERM)
    #expect(gateway.sluss.end() == 1)
    #expect(gateway.sluss.told.contains("could not stop within"))
    try gateway.journal.answer("{}")
    try gateway.restart()
    #expect(try gateway.deliveries(of: id, in: "delivered").count == 1)
    #expect(Set(try gateway.journal.requests().map { $0.headers["idempotency-key"] ?? "" }).count == 1)
  }
}

/// Many events of a few patients, sent as fast as one client can.
private final class Load {
  private let process: ChildProcess
  private let output = Pipe()

  init(_ gateway: OperatedGateway, events: Int) throws {
    let words = [
      "-c", Self.script, String(gateway.sluss.port), gateway.tokens["pusher"] ?? "", String(events),
    ]
    process = try ChildProcess("/usr/bin/python3", words, output: .file(output.fileHandleForWriting))
    try output.fileHandleForWriting.close()
  }

  /// The ids of the messages that were accepted, once the client has ended.
  func accepted() throws -> [String] {
    let told = output.fileHandleForReading.readDataToEndOfFile()
    process.end()
    return String(decoding: told, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static let script = """
    import http.client, json, sys
    port, token, events = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    patients = ["191212121212", "201212121212", "189001019802", "200001022389"]
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        for number in range(events):
            patient = {"pnr": patients[number % 3], "given": [], "family": "T"}
            event = {"id": f"L{number}", "status": "done", "patient": patient, "diagnoses": []}
            connection.request("POST", "/in/a/visit", json.dumps(event), {"Authorization": "Bearer " + token})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status == 202:
                print(json.loads(body)["id"], flush=True)
    except OSError:
        pass
    except http.client.HTTPException:
        pass
    """
}
