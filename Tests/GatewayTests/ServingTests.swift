import Foundation
import TestRig
import Testing

/// The gateway as systems and engineers meet it: through curl.
struct ServingTests {
  private let event: [UInt8]

  init() throws {
    event = try RepositoryFolder.bytes("Mappings/visiba/cases/completed-visit/event.json")
  }

  private func changed(_ old: String, _ new: String) -> [UInt8] {
    Array(String(decoding: event, as: UTF8.self).replacing(old, with: new).utf8)
  }

  @Test("An event is accepted, kept byte for byte, translated, and shown in every format")
  func wholeWay() throws {
    let gateway = try RunningGateway()
    defer {
      gateway.stop()
      gateway.remove()
    }
    let accepted = try gateway.post(event, to: "/in/visiba/visit-event")
    #expect(accepted.status == 202)
    let id = try #require(accepted.json["id"] as? String)
    let message = try gateway.message(id)
    #expect(message.json["state"] as? String == "translated")
    #expect(message.json["raw"] as? String == String(decoding: event, as: UTF8.self))
    #expect((message.json["hub"] as? [String: Any])?["resourceType"] as? String == "Bundle")
    #expect(try gateway.get("/messages/\(id)/raw").body == event)
    #expect(try gateway.get("/messages/\(id)/hub").json["type"] as? String == "collection")
    let contact = try gateway.get("/messages/\(id)/as/npo/care-contacts")
    #expect(contact.status == 200 && contact.text.contains("V-2026-000123"))
    #expect(try gateway.get("/messages/\(id)/as/npo/care-contact").status == 404)
    #expect(try gateway.get("/messages/nobody").status == 404)
    #expect(try gateway.get("/health").json["status"] as? String == "ok")
  }

  @Test("A repeated message id is recognised; with other content it is refused")
  func repeats() throws {
    let gateway = try RunningGateway()
    defer {
      gateway.stop()
      gateway.remove()
    }
    let first = try gateway.post(event, to: "/in/visiba/visit-event")
    let second = try gateway.post(event, to: "/in/visiba/visit-event")
    #expect(first.status == 202 && second.status == 200)
    #expect(first.json["id"] as? String == second.json["id"] as? String)
    let other = try gateway.post(changed("Hosta", "Feber"), to: "/in/visiba/visit-event")
    #expect(other.status == 422 && other.json["id"] as? String == first.json["id"] as? String)
  }

  @Test("Bad input gets a diagnostic with its place, is kept, and the rest keeps running")
  func badInput() throws {
    let gateway = try RunningGateway()
    defer {
      gateway.stop()
      gateway.remove()
    }
    let path = "/in/visiba/visit-event"
    let bomb = "<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><l>&b;</l>"
    let cases: [(name: String, body: [UInt8], path: String, status: Int, code: String)] = [
      ("truncated", Array(event.prefix(event.count / 2)), path, 400, "SL0110"),
      ("empty", [], path, 400, "SL0101"),
      ("not UTF-8", changed("Tolvan", "Tolv\u{FFFD}n").map { $0 == 0xBF ? 0x28 : $0 }, path, 400, "SL0103"),
      ("deep", [UInt8](repeating: UInt8(ascii: "["), count: 500_000), path, 400, "SL0112"),
      (
        "wrong type", changed("\"protectedIdentity\": false", "\"protectedIdentity\": \"no\""), path, 422,
        "SL0203"
      ),
      ("missing field", changed("\"sourceSystem\"", "\"source\""), path, 422, "SL0201"),
      ("unknown code", changed("\"status\": \"completed\"", "\"status\": \"done\""), path, 422, "SL0204"),
      ("entity bomb", Array(bomb.utf8), "/in/npo/care-contacts", 400, "SL0121"),
      ("wrong root", Array("<a/>".utf8), "/in/npo/care-contacts", 422, "SL0206"),
    ]
    for bad in cases {
      let answer = try gateway.post(bad.body, to: bad.path)
      #expect(answer.status == bad.status, "\(bad.name): \(answer.text)")
      #expect(answer.codes.contains(bad.code), "\(bad.name): \(answer.text)")
      #expect(
        !answer.text.contains("191212121212") && !answer.text.contains("Tolvansson"),
        "\(bad.name) tells of a person")
      let id = try #require(answer.json["id"] as? String, "\(bad.name) is kept")
      let kept = try gateway.message(id)
      #expect(kept.json["state"] as? String == "rejected")
      #expect(try gateway.get("/messages/\(id)/raw").body == bad.body)
    }
    #expect(try gateway.post(event, to: path).status == 202)
  }

  @Test("A body of a gibibyte is refused before it is read")
  func hugeBody() throws {
    let gateway = try RunningGateway()
    let file = NSTemporaryDirectory() + UUID().uuidString
    try Data().write(to: URL(fileURLWithPath: file))
    defer {
      gateway.stop()
      gateway.remove()
      try? FileManager.default.removeItem(atPath: file)
    }
    try #require(FileHandle(forWritingAtPath: file)).truncate(atOffset: 1 << 30)
    #expect(try gateway.curl(["-X", "POST", "-T", file], "/in/visiba/visit-event").status == 413)
    #expect(try gateway.get("/health").status == 200)
  }

  @Test("Unknown mappings and methods are told, with a near name")
  func unknown() throws {
    let gateway = try RunningGateway()
    defer {
      gateway.stop()
      gateway.remove()
    }
    let answer = try gateway.post(event, to: "/in/visiba/visit-evnt")
    #expect(answer.status == 404 && answer.text.contains("visiba/visit-event"))
    #expect(try gateway.get("/in/visiba/visit-event").status == 405)
    #expect(try gateway.get("/nothing").status == 404)
  }

  @Test("What was accepted is there after a restart")
  func restart() throws {
    let first = try RunningGateway()
    let id = try #require(try first.post(event, to: "/in/visiba/visit-event").json["id"] as? String)
    first.stop()
    let second = try RunningGateway(data: first.data)
    defer {
      second.stop()
      second.remove()
    }
    #expect(try second.message(id).json["state"] as? String == "translated")
    #expect(try second.post(event, to: "/in/visiba/visit-event").json["id"] as? String == id)
  }
}
