import Foundation
import Gateway
import Store
import TestRig

/// Events of few patients that wait in a store before a gateway starts, and what one gateway or another makes of them.
struct Backlog {
  /// Where something goes because of an event.
  struct Delivery: Comparable {
    let event: Int
    let target, lane: String

    static func < (one: Delivery, other: Delivery) -> Bool {
      (one.event, one.target) < (other.event, other.target)
    }
  }

  private static let time: Int64 = 1_763_700_000_000

  let events: [String]

  /// So many events, of patients and visits that take turns: two of each patient's three are about one visit.
  init(events count: Int, patients: Int) throws {
    let event = try String(
      contentsOfFile: RepositoryFolder.path + "/Mappings/visiba/cases/completed-visit/event.json",
      encoding: .utf8)
    var seeded = Seeded(seed: 7)
    events = (0..<count).map { number in
      let patient = Int.random(in: 1...patients, using: &seeded)
      let visit = number % 3 == 0 ? "V-\(number)" : "V-of-\(patient)"
      let parts = ["D-1", "D-2", "N-1", "A-1", "A-2"]
      let stamp = "2026-11-20T11:\(10 + number / 50):\(10 + number % 50)+01:00"
      return parts.reduce(event) { $0.replacing("\"\($1)\"", with: "\"\($1)-\(visit)\"") }
        .replacing("E-2026-000417", with: "E-\(number)").replacing("V-2026-000123", with: visit)
        .replacing("191212121212", with: Self.personNumber(patient))
        .replacing("2026-11-20T10:35:02+01:00", with: stamp)
        .replacing("Hosta och feber sedan fem dagar", with: "Hosta sedan \(number) dagar")
    }
  }

  /// That of somebody born in 1912, with the right check digit.
  private static func personNumber(_ number: Int) -> String {
    let digits = "120101" + String(1000 + number).dropFirst()
    let sum = digits.utf8.enumerated().reduce(0) { sum, digit in
      let product = Int(digit.element - 48) * (2 - digit.offset % 2)
      return sum + product / 10 + product % 10
    }
    return "19\(digits)\((10 - sum % 10) % 10)"
  }

  /// The repository's mappings with other routes.
  static func mappings(_ routes: String) throws -> String {
    let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: RepositoryFolder.path + "/Mappings", toPath: folder)
    try routes.write(toFile: folder + "/routes.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  /// A folder for a store, whose gateways give the same names to everything.
  static func data() throws -> String {
    let folder = NSTemporaryDirectory() + "sluss-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let key = Data("a key of no secrecy, 32 bytes long".utf8.prefix(32))
    try key.write(to: URL(fileURLWithPath: folder + "/pseudonym.key"))
    return folder
  }

  /// The id of the message with an event.
  private static func id(_ event: Int) -> String { "0199aaaa-0000-7000-8000-0000000\(10_000 + event)" }

  /// Puts all events into a store.
  func store(in data: String) throws {
    let store = try SQLiteMessageStore(path: data + "/sluss.sqlite")
    defer { store.close() }
    let accepted = events.enumerated().map { number, event in
      let accepted = Settled<Acceptance>()
      store.accept(
        NewMessage(
          id: Self.id(number), mapping: "visiba/visit-event", received: Self.time,
          contentType: "application/json", body: Array(event.utf8))
      ) { accepted.end($0) }
      return accepted
    }
    for each in accepted { _ = try each.wait() }
  }

  /// Runs a gateway until it has translated all that waits.
  func run(data: String, mappings: String) throws {
    let gateway = try RunningGateway(data: data, mappings: mappings, now: { Self.time })
    defer { gateway.stop() }
    for number in events.indices { _ = try gateway.message(Self.id(number)) }
  }

  /// What comes of the events when each is sent once the one before is translated.
  func oneByOne(mappings: String) throws -> [Delivery] {
    let data = try Self.data()
    let gateway = try RunningGateway(data: data, mappings: mappings, now: { Self.time })
    defer { gateway.remove() }
    let ids = try events.map { event in
      let id = try gateway.post(Array(event.utf8), to: "/in/visiba/visit-event").json["id"] as? String ?? ""
      _ = try gateway.message(id)
      return id
    }
    gateway.stop()
    return try Self.deliveries(data, ids)
  }

  /// What came of the events in a store, in the order in which it was recorded.
  func deliveries(in data: String) throws -> [Delivery] {
    try Self.deliveries(data, events.indices.map(Self.id))
  }

  private static func deliveries(_ data: String, _ ids: [String]) throws -> [Delivery] {
    let store = try SQLiteMessageStore(path: data + "/sluss.sqlite")
    defer { store.close() }
    let found = try ids.enumerated().flatMap { number, id in
      try store.deliveries(ofMessage: id).map { ($0, number) }
    }
    return found.sorted { $0.0.number < $1.0.number }.map { delivery, number in
      Delivery(event: number, target: delivery.target, lane: delivery.lane)
    }
  }
}
