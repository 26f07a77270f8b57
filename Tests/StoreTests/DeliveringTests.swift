import Foundation
import Store
import Testing

@Suite("Delivering", .serialized)
struct DeliveringTests {
  let place = TemporaryPlace()

  @Test("what is recorded is handed out whole, once, and to its target only", arguments: Engine.present)
  func whole(engine: Engine) async throws {
    let store = try place.open(engine)
    let body: [UInt8] = [0, 0xFF, 10]
    _ = await store.accept(message("m"))
    let new = NewDelivery(
      key: "m/visits", route: "visits", target: "npo", lane: "åsa", contentType: "text/plain", body: body,
      created: 5, due: 7)
    let receipts = try await store.record(
      TranslationRecord(id: "m", state: .translated, deliveries: [new])
    ).get()
    #expect(receipts == [.added(1)])
    #expect(try store.take(now: 6).isEmpty && store.take(of: "other", now: 7).isEmpty)
    let due = try #require(try store.take(now: 7).first)
    #expect(due.number == 1 && due.message == "m" && due.key == "m/visits" && due.route == "visits")
    #expect(due.target == "npo" && due.lane == "åsa" && due.attempts == 0 && due.created == 5)
    #expect(due.body == DeliveryBody(edition: 0, contentType: "text/plain", bytes: body, made: 5))
    #expect(try store.take(now: 7).isEmpty)
  }

  @Test(
    "a key that is there already adds nothing and is reported, also within one record",
    arguments: Engine.present)
  func duplicates(engine: Engine) async throws {
    let store = try place.open(engine)
    let first = try await store.record(delivery("k"))
    _ = await store.accept(message("again"))
    let receipts = try await store.record(
      TranslationRecord(
        id: "again", state: .translated,
        deliveries: [delivery("k", body: "other"), delivery("new"), delivery("new")])
    ).get()
    let new = receipts[1].number
    #expect(new > first[0] && receipts == [.repeated(first[0]), .added(new), .repeated(new)])
    #expect(try await store.drain() == ["k", "new"])
    #expect(try store.bodies(ofDelivery: first[0]).map(\.bytes) == [Array("body".utf8)])
  }

  @Test("a message that fails has no deliveries", arguments: Engine.present)
  func unknownMessage(engine: Engine) async throws {
    let store = try place.open(engine)
    let record = TranslationRecord(id: "nobody", state: .translated, deliveries: [delivery("k")])
    #expect(await store.record(record) == .failure(.unknownMessage))
    #expect(try store.take().isEmpty && store.deliveryCounts().isEmpty)
  }

  @Test("one lane goes one after another, other lanes beside it, oldest due first", arguments: Engine.present)
  func lanes(engine: Engine) async throws {
    let store = try place.open(engine)
    try await store.record(delivery("a1", due: noon - 1), delivery("a2"), delivery("b1", lane: "b"))
    try await store.record(delivery("c1", lane: "c", due: noon - 5), delivery("a3"))
    #expect(try store.keys(2) == ["c1", "a1"])
    #expect(try store.keys() == ["b1"])
    try await store.report(1, .delivered)
    #expect(try store.keys() == ["a2"])
    #expect(try await store.report(1, .delivered) == .ended(.delivered))
    await #expect(throws: StoreError.unknownDelivery) { try await store.report(99, .delivered) }
  }

  @Test("the same lane of two targets is two lanes", arguments: Engine.present)
  func targets(engine: Engine) async throws {
    let store = try place.open(engine)
    try await store.record(delivery("a"), delivery("b", target: "journal"))
    #expect(try store.keys() == ["a"])
    #expect(try store.keys(of: "journal") == ["b"])
  }

  @Test("a failing head holds its lane until it is due again", arguments: Engine.present)
  func holds(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"))
    #expect(try store.keys() == ["a"])
    try await store.report(numbers[0], .retry(due: noon + 500, problem: "503"))
    #expect(try store.keys(now: noon + 499).isEmpty)
    #expect(try store.nextDue(target: "npo") == noon + 500)
    let again = try #require(try store.take(now: noon + 500).first)
    #expect(again.key == "a" && again.attempts == 1)
    #expect(try store.delivery(again.number)?.problem == "503")
    try await store.report(again.number, .delivered, attempts: 2)
    #expect(try store.keys() == ["b"])
  }

  @Test("one that steps aside lets its lane go on and comes back by itself", arguments: Engine.present)
  func stepsAside(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"), delivery("c"))
    _ = try store.take()
    try await store.report(numbers[0], .retry(due: noon + 500, problem: "503", stepsAside: true))
    #expect(try store.keys() == ["b"])
    #expect(try store.keys(now: noon + 500) == ["a"])
    try await store.report(numbers[0], .retry(due: noon + 900, problem: "503"))
    try await store.report(numbers[1], .delivered)
    #expect(try store.keys() == ["c"])
    try await store.report(numbers[2], .delivered)
    #expect(try await store.drain(now: noon + 900) == ["a"])
    #expect(try store.nextDue(target: "npo") == nil)
  }

  @Test("a dead one lets its lane go on, or holds it until a person has decided", arguments: Engine.present)
  func dead(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"), delivery("c"))
    _ = try store.take()
    try await store.report(numbers[0], .dead(problem: "400"))
    #expect(try store.keys() == ["b"])
    try await store.report(numbers[1], .dead(problem: "400", holdsLane: true))
    #expect(try store.take(now: .max).isEmpty)
    #expect(try store.nextDue(target: "npo") == nil)
    #expect(try store.delivery(numbers[0])?.holdsLane == false)
    #expect(try store.delivery(numbers[1])?.holdsLane == true)
    #expect(try store.deliveryCounts().first?.heldLanes == 1)
    try await store.intervene(.skip(reason: "sent by letter"), on: numbers[1])
    #expect(try store.keys() == ["c"])
  }

  @Test("what is given back is due as before, without an attempt", arguments: Engine.present)
  func giveBack(engine: Engine) async throws {
    let store = try place.open(engine)
    try await store.record(delivery("a"))
    let due = try store.take()
    store.giveBack(due.map(\.number))
    #expect(try store.take().map(\.attempts) == [0])
  }

  @Test("the next due is the earliest that nobody has taken", arguments: Engine.present)
  func nextDue(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(try store.nextDue(target: "npo") == nil)
    try await store.record(delivery("a", due: 10), delivery("b", lane: "b", due: 20), delivery("c", due: 5))
    #expect(try store.nextDue(target: "npo") == 10)
    _ = try store.take(now: 10)
    #expect(try store.nextDue(target: "npo") == 20)
    _ = try store.take(now: 20)
    #expect(try store.nextDue(target: "npo") == nil)
  }

  @Test("a thousand takers at once never get the same one, nor two of a lane", arguments: Engine.present)
  func takers(engine: Engine) async throws {
    let store = try place.open(engine)
    for number in 0..<60 {
      try await store.record(delivery("\(number)", lane: "\(number % 20)"))
    }
    let taken = try await withThrowingTaskGroup(of: [DueDelivery].self) { group in
      for _ in 0..<1000 { group.addTask { try store.take(3) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(taken.map { Int($0.key) ?? -1 }.sorted() == Array(0..<20))
  }
}
