import Foundation
import Gateway
import Store
import TestRig
import Testing

/// Messages are worked out side by side; what comes of them is what would come of one after another.
@Suite("A backlog", .timeLimit(.minutes(60)))
struct BacklogTests {
  /// What the hub knows of a resource, and what is billed of a visit.
  private struct Outcome: Equatable {
    var resources: [String: String] = [:]
    var bills: [String] = []
  }

  /// Events of few visits in any order, as they came.
  private static func events() throws -> [String] {
    let event = try String(
      contentsOfFile: RepositoryFolder.path + "/Mappings/visiba/cases/completed-visit/event.json",
      encoding: .utf8)
    var seeded = Seeded(seed: 6)
    return (0..<48).map { number in
      (number, event.replacing("E-2026-000417", with: "E-\(number)"))
    }.map { number, event in
      let minute = 10 + number / 4
      return event.replacing("V-2026-000123", with: "V-\(number % 4)")
        .replacing("2026-11-20T10:35:02+01:00", with: "2026-11-20T11:\(minute):02+01:00")
        .replacing("Hosta och feber sedan fem dagar", with: "Hosta sedan \(number) dagar")
    }.shuffled(using: &seeded)
  }

  private static func withData(_ body: (String) throws -> Outcome) throws -> Outcome {
    let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // The same names in both.
    let key = Data("a key of no secrecy, 32 bytes long".utf8.prefix(32))
    try key.write(to: URL(fileURLWithPath: folder + "/pseudonym.key"))
    return try body(folder)
  }

  private static func outcome(_ folder: String) throws -> Outcome {
    let store = try SQLiteMessageStore(path: folder + "/sluss.sqlite")
    defer { store.close() }
    #expect(try store.untranslated(limit: 10).isEmpty)
    var outcome = Outcome()
    for material in try store.materials(after: 0, limit: 1000) {
      let resource = material.resource
      outcome.resources[resource.id.hexadecimal] =
        "\(resource.version) \(resource.state) \(String(decoding: resource.content, as: UTF8.self))"
    }
    outcome.bills = try store.billingPositions(after: "", limit: 100).map {
      "\($0.version) \($0.facts.count)"
    }
    return outcome
  }

  @Test("of events of the same visits, worked out at once, ends as they do one by one")
  func likeOneByOne() throws {
    let events = try Self.events()
    let atOnce = try Self.withData { folder in
      let store = try SQLiteMessageStore(path: folder + "/sluss.sqlite")
      for (number, event) in events.enumerated() {
        _ = try settled { completion in
          store.accept(
            NewMessage(
              id: "0199aaaa-0000-7000-8000-0000000\(10_000 + number)", mapping: "visiba/visit-event",
              received: 1_763_700_000_000 + Int64(number), contentType: "application/json",
              body: Array(event.utf8)), completion: completion)
        }
      }
      store.close()
      let gateway = try RunningGateway(data: folder)
      for number in events.indices {
        _ = try gateway.message("0199aaaa-0000-7000-8000-0000000\(10_000 + number)")
      }
      gateway.stop()
      return try Self.outcome(folder)
    }
    let oneByOne = try Self.withData { folder in
      let gateway = try RunningGateway(data: folder)
      for event in events {
        let answer = try gateway.post(Array(event.utf8), to: "/in/visiba/visit-event")
        _ = try gateway.message(answer.json["id"] as? String ?? "")
      }
      gateway.stop()
      return try Self.outcome(folder)
    }
    #expect(atOnce.resources.count > 8)
    #expect(atOnce.bills.count == 4)
    #expect(atOnce == oneByOne)
  }
}
