import Foundation
import Gateway
import Store
import TestRig
import Testing

/// All that comes of a message is one: what the hub knows, what is sent, what is billed, what is logged.
@Suite("What comes of messages", .timeLimit(.minutes(60)))
struct JoiningTests {
  private static let events = RepositoryFolder.path + "/Mappings/visiba/cases/"

  private func event(_ name: String) throws -> String {
    try String(contentsOfFile: Self.events + name + "/event.json", encoding: .utf8)
  }

  /// A gateway with the repository's mappings, whose journal is a folder.
  private func withGateway(_ body: (RunningGateway, _ journal: String) throws -> Void) throws {
    let journal = NSTemporaryDirectory() + "sluss-journal-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: journal, withIntermediateDirectories: true)
    let gateway = try RunningGateway(targets: ["journal": TargetConfiguration(.directory(journal), atOnce: 1)]
    )
    defer {
      gateway.stop()
      gateway.remove()
      try? FileManager.default.removeItem(atPath: journal)
    }
    try body(gateway, journal)
  }

  private func send(_ event: String, to gateway: RunningGateway) throws -> String {
    let answer = try gateway.post(Array(event.utf8), to: "/in/visiba/visit-event")
    #expect(answer.status == 202)
    return answer.json["id"] as? String ?? ""
  }

  private func trace(_ id: String, at gateway: RunningGateway) throws -> (hub: [String: Int], deliveries: Int)
  {
    let trace = try look {
      try gateway.get("/messages/\(id)/trace").json
    } until: {
      ($0["message"] as? [String: Any])?["state"] as? String == "translated"
    }
    let effects = (trace["hub"] as? [[String: Any]] ?? []).compactMap { $0["effect"] as? String }
    return (
      Dictionary(effects.map { ($0, 1) }, uniquingKeysWith: +), (trace["deliveries"] as? [Any] ?? []).count
    )
  }

  @Test(
    "An event that comes late, after a later one of its visit, changes nothing and is sent nowhere; its trace says why"
  )
  func overtaken() throws {
    try withGateway { gateway, _ in
      let visit = try event("completed-visit")
      let earlier = visit.replacing("2026-11-20T10:35:02+01:00", with: "2026-11-20T10:30:00+01:00")
        .replacing("E-2026-000417", with: "E-2026-000416")
      #expect(earlier != visit)
      let second = try send(visit, to: gateway)
      #expect(try trace(second, at: gateway).deliveries == 1)
      let first = try send(earlier, to: gateway)
      let told = try trace(first, at: gateway)
      #expect(told.deliveries == 0)
      #expect(Set(told.hub.keys) == ["stale"])
    }
  }

  @Test("Events of one visit that come at once are each worked out from the one before")
  func burst() throws {
    try withGateway { gateway, journal in
      let visit = try event("completed-visit")
      let ids = try (0..<40).map { number in
        let time = "2026-11-20T10:35:\(10 + number)+01:00"
        return try send(
          visit.replacing("2026-11-20T10:35:02+01:00", with: time)
            .replacing("E-2026-000417", with: "E-\(number)"), to: gateway)
      }
      for id in ids { #expect(try trace(id, at: gateway).deliveries == 1) }
      #expect(try trace(ids[39], at: gateway).hub["stale"] == nil)
    }
  }

  @Test(
    "Each translated message, and each look at one, leaves an entry in the audit log; each visit has one bill"
  )
  func loggedAndBilled() throws {
    let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: data) }
    let gateway = try RunningGateway(data: data)
    let visit = try event("completed-visit")
    let first = try send(visit, to: gateway)
    _ = try trace(first, at: gateway)
    let again = visit.replacing("2026-11-20T10:35:02+01:00", with: "2026-11-20T10:36:00+01:00")
      .replacing("E-2026-000417", with: "E-2026-000418")
    let second = try send(again, to: gateway)
    _ = try trace(second, at: gateway)
    for part in ["", "/raw", "/hub", "/as/npo/care-contacts"] {
      #expect(try gateway.get("/messages/\(first)\(part)").status == 200)
    }
    #expect(try gateway.get("/messages/nobody").status == 404)
    gateway.stop()
    let store = try SQLiteMessageStore(path: data + "/sluss.sqlite")
    defer { store.close() }
    #expect(try store.auditSize() == 7, "two messages, four looks, and the settings of the first start")
    #expect(try store.billingPositions(after: "", limit: 10).count == 1)
  }

  @Test("A gateway whose store lags behind its signed audit log does not start")
  func restoredFromBackup() throws {
    let data = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: data) }
    let gateway = try RunningGateway(data: data)
    _ = try trace(try send(try event("completed-visit"), to: gateway), at: gateway)
    gateway.stop()
    for name in ["sluss.sqlite", "sluss.sqlite-wal", "sluss.sqlite-shm"] {
      try? FileManager.default.removeItem(atPath: data + "/" + name)
    }
    #expect(throws: (any Error).self) { try RunningGateway(data: data) }
  }
}
