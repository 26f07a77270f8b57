import Foundation
import Store
import TestRig
import Testing

@Suite("Finding deliveries", .serialized)
struct FindingDeliveriesTests {
  let place = TemporaryPlace()

  @Test("a delivery is shown with all that is known of it", arguments: Engine.present)
  func shown(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a", lane: "l"), delivery("b", lane: "l"), of: "m")
    _ = try store.take()
    try await store.report(numbers[0], .retry(due: noon + 500, problem: "503"), attempts: 4)
    let shown = try store.deliveries(ofMessage: "m")
    #expect(shown.map(\.number) == numbers && shown.map(\.key) == ["a", "b"])
    #expect(shown.map(\.message) == ["m", "m"] && shown.map(\.lane) == ["l", "l"])
    #expect(shown.map(\.route) == ["visits", "visits"] && shown.map(\.target) == ["npo", "npo"])
    #expect(shown.map(\.state) == [.waiting, .waiting] && shown.map(\.attempts) == [4, 0])
    #expect(shown.map(\.problem) == ["503", nil] && shown.map(\.due) == [noon + 500, nil])
    #expect(shown.map(\.created) == [noon, noon] && shown.map(\.changed) == [noon + 10, noon])
    #expect(shown.map(\.holdsLane) == [false, false] && shown.map(\.edition) == [0, 0])
    #expect(try store.deliveries(ofMessage: "other").isEmpty && store.delivery(77) == nil)
    #expect(try store.bodies(ofDelivery: 77).isEmpty)
  }

  @Test(
    "each search gives exactly what a look at every delivery gives, page by page", arguments: Engine.present)
  func searches(engine: Engine) async throws {
    let store = try place.open(engine)
    var random = Seeded(seed: 7)
    let numbers = try await recordMany(9_000, in: store, &random)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in numbers where number % 3 > 0 {
        group.addTask {
          try await store.report(number, number % 3 == 1 ? .delivered : .dead(problem: "400"))
        }
      }
      try await group.waitForAll()
    }
    let all = try numbers.compactMap { try store.delivery($0) }
    #expect(all.count == 9_000 && Set(all.map(\.state)) == [.waiting, .delivered, .dead])
    for _ in 0..<60 {
      let query = DeliveryQuery(
        state: maybe([.waiting, .delivered, .dead, .skipped], &random),
        target: maybe(["t0", "t1", "t9"], &random), route: maybe(["r0", "r1"], &random),
        lane: maybe((0..<40).map { "l\($0)" }, &random),
        created: maybe([noon...(noon + 300), noon...noon, (noon + 900)...(noon + 2_000)], &random))
      try expect(query, in: store, among: all, limit: [7, 100, 5_000].randomElement(using: &random) ?? 7)
    }
  }

  @Test("counts follow every change, and tell the age of the oldest that waits", arguments: Engine.present)
  func counts(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(
      delivery("a", created: noon + 3), delivery("b", lane: "b", created: noon + 2),
      delivery("c", lane: "c", target: "journal", created: noon + 1),
      delivery("d", route: "notes", created: noon + 4))
    let journal = DeliveryCount(
      target: "journal", counts: [.waiting: 1], oldestWaiting: noon + 1, heldLanes: 0)
    #expect(
      try store.deliveryCounts() == [
        journal, DeliveryCount(target: "npo", counts: [.waiting: 3], oldestWaiting: noon + 2, heldLanes: 0),
      ])
    try await store.report(numbers[0], .delivered)
    try await store.report(numbers[1], .dead(problem: "400", holdsLane: true))
    try await store.intervene(.skip(reason: "old"), on: numbers[3])
    #expect(
      try store.deliveryCounts() == [
        journal,
        DeliveryCount(
          target: "npo", counts: [.delivered: 1, .dead: 1, .skipped: 1], oldestWaiting: nil, heldLanes: 1),
      ])
  }

  private func expect(
    _ query: DeliveryQuery, in store: any DeliveryStore, among all: [StoredDelivery], limit: Int
  ) throws {
    let wanted = all.filter {
      query.state ?? $0.state == $0.state && query.target ?? $0.target == $0.target
        && query.route ?? $0.route == $0.route && query.lane ?? $0.lane == $0.lane
        && query.created?.contains($0.created) ?? true
    }.sorted {
      query.lane == nil ? ($0.created, $0.number) > ($1.created, $1.number) : $0.number > $1.number
    }
    var found: [StoredDelivery] = []
    var cursor: DeliveryPage.Cursor?
    repeat {
      let page = try store.deliveries(matching: query, after: cursor, limit: limit)
      #expect(page.deliveries.count <= limit)
      found += page.deliveries
      cursor = page.next
    } while cursor != nil
    #expect(found == wanted, "\(query)")
  }

  private func maybe<Value>(_ values: [Value], _ random: inout Seeded) -> Value? {
    Bool.random(using: &random) ? values.randomElement(using: &random) : nil
  }

  /// Of few lanes, routes and targets, made at few times and out of order.
  private func recordMany(
    _ count: Int, in store: any MessageStore & DeliveryStore, _ random: inout Seeded
  ) async throws -> [Int64] {
    _ = await store.accept(message("m"))
    let deliveries = (0..<count).map { number in
      delivery(
        "k\(number)", lane: "l\(Int.random(in: 0..<40, using: &random))",
        target: "t\(Int.random(in: 0..<3, using: &random))",
        route: "r\(Int.random(in: 0..<2, using: &random))",
        created: noon + Int64.random(in: 0..<1_000, using: &random))
    }
    let record = TranslationRecord(id: "m", state: .translated, deliveries: deliveries)
    return try await store.record(record).get().map(\.number)
  }
}
