import Foundation
import TestRig
import Testing

/// A gateway whose content keys lie beside its store.
@Suite("Content keys of a gateway", .timeLimit(.minutes(60)))
struct ContentServingTests {
  private let event: [UInt8]
  private let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
  private var store: String { data + "/sluss.sqlite" }

  init() throws {
    event = try RepositoryFolder.bytes("Mappings/visiba/cases/completed-visit/event.json")
  }

  private func sql(_ text: String) throws {
    let program = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])"
    #expect(try Program.run("/usr/bin/python3", ["-c", program, store, text]).status == 0)
  }

  @Test("Without them the database shows nothing of a message, which then fails; put back, it is translated")
  func lostAndFound() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    var gateway = try RunningGateway(data: data)
    let sent = try gateway.post(event, to: "/in/visiba/visit-event")
    let id = try #require(sent.json["id"] as? String)
    #expect(try gateway.message(id).json["state"] as? String == "translated")
    gateway.stop()

    // The hub keeps what the message says, but not its words.
    let word = #""eventType""#
    #expect(String(decoding: event, as: UTF8.self).contains(word))
    #expect(try Data(contentsOf: URL(filePath: store)).range(of: Data(word.utf8)) == nil)
    try FileManager.default.moveItem(atPath: store + ".keys", toPath: data + "/away")
    // As it was when it had just come.
    try sql("DELETE FROM outcome; INSERT INTO waiting SELECT sequence FROM message;")
    gateway = try RunningGateway(data: data)
    let failed = try gateway.message(id)
    #expect(failed.json["state"] as? String == "failed" && failed.codes == ["SL0104"])
    #expect(failed.json["contentLost"] as? Bool == true && failed.json["raw"] == nil)
    for part in ["raw", "hub", "as/visiba/visit-event"] {
      let answer = try gateway.get("/messages/\(id)/\(part)")
      #expect(answer.status == 410 && answer.text.contains("content key is not there"), "\(part)")
    }
    gateway.stop()

    try? FileManager.default.removeItem(atPath: store + ".keys")
    try FileManager.default.moveItem(atPath: data + "/away", toPath: store + ".keys")
    gateway = try RunningGateway(data: data)
    #expect(try gateway.get("/messages/\(id)/raw").body == event)
    #expect(try gateway.post([], to: "/replay?state=failed&dry-run=false").status == 200)
    #expect(try gateway.message(id).json["state"] as? String == "translated")
    gateway.stop()
  }

  @Test("Another pseudonym.key than the one that they were made with is refused at the start")
  func foreign() throws {
    defer { try? FileManager.default.removeItem(atPath: data) }
    let gateway = try RunningGateway(data: data)
    #expect(try gateway.post(event, to: "/in/visiba/visit-event").status == 202)
    gateway.stop()
    try Data(repeating: 1, count: 32).write(to: URL(filePath: data + "/pseudonym.key"))
    let error = #expect(throws: (any Error).self) { try RunningGateway(data: data) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("visiba/visit-event"))
  }
}
