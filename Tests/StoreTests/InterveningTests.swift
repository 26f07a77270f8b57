import Foundation
import Store
import Testing

@Suite("Intervening", .serialized)
struct InterveningTests {
  let place = TemporaryPlace()

  @Test("a retry makes a waiting one due at once", arguments: Engine.present)
  func retryWaiting(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"))
    _ = try store.take()
    try await store.report(numbers[0], .retry(due: noon + 9_000, problem: "503"))
    #expect(try await store.intervene(.retry, on: numbers[0]) == .done)
    #expect(try store.take(now: noon + 20).map(\.attempts) == [1])
  }

  @Test(
    "a dead one that is retried goes back to its old place, with its attempts counted anew",
    arguments: Engine.present)
  func retryDead(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"), delivery("c"), delivery("d"))
    for number in numbers.prefix(2) {
      _ = try store.take()
      try await store.report(number, .dead(problem: "400"), attempts: 3)
    }
    #expect(try store.keys() == ["c"])
    // While the third is being sent, and in the wrong order.
    try await store.intervene(.retry, on: numbers[1])
    try await store.intervene(.retry, on: numbers[0])
    #expect(try store.take(now: noon + 20).isEmpty)
    try await store.report(numbers[2], .retry(due: noon + 30, problem: "503"))
    let first = try #require(try store.take(now: noon + 20).first)
    #expect(first.key == "a" && first.attempts == 0)
    store.giveBack([first.number])
    #expect(try await store.drain(now: noon + 30) == ["a", "b", "c", "d"])
    #expect(try store.deliveryCounts().first?.counts == [.delivered: 4])
  }

  @Test("one that holds its lane is retried in its place", arguments: Engine.present)
  func retryHeld(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"))
    _ = try store.take()
    try await store.report(numbers[0], .dead(problem: "400", holdsLane: true))
    try await store.intervene(.retry, on: numbers[0])
    #expect(try await store.drain(now: noon + 20) == ["a", "b"])
  }

  @Test("one that dies while an earlier one is back still holds its lane", arguments: Engine.present)
  func displacedHolds(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"), delivery("c"))
    _ = try store.take()
    try await store.report(numbers[0], .dead(problem: "400"))
    #expect(try store.keys() == ["b"])
    try await store.intervene(.retry, on: numbers[0])
    try await store.report(numbers[1], .dead(problem: "400", holdsLane: true))
    #expect(try await store.drain(now: noon + 20) == ["a"])
    #expect(try store.take(now: .max).isEmpty)
    #expect(try store.delivery(numbers[1])?.holdsLane == true)
    try await store.intervene(.skip(reason: "old"), on: numbers[1])
    #expect(try await store.drain() == ["c"])
  }

  @Test(
    "a dead one that had stepped aside goes back into its lane when it is retried", arguments: Engine.present)
  func retryAside(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"), delivery("c"))
    _ = try store.take()
    try await store.report(numbers[0], .retry(due: noon, problem: "503", stepsAside: true))
    #expect(Set(try store.keys()) == ["a", "b"])
    try await store.report(numbers[0], .dead(problem: "503", holdsLane: true))
    #expect(try store.delivery(numbers[0])?.holdsLane == false)
    store.giveBack([numbers[1]])
    try await store.intervene(.retry, on: numbers[0])
    #expect(try await store.drain(now: noon + 20) == ["a", "b", "c"])
  }

  @Test("a skipped one is not sent, wherever it stands", arguments: Engine.present)
  func skip(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"), delivery("b"), delivery("c"), delivery("d"))
    try await store.intervene(.skip(reason: "twice"), on: numbers[1])
    try await store.intervene(.skip(reason: "twice"), on: numbers[0])
    #expect(try store.keys() == ["c"])
    try await store.report(numbers[2], .retry(due: noon, problem: "503", stepsAside: true))
    try await store.intervene(.skip(reason: "twice"), on: numbers[2])
    #expect(try await store.drain() == ["d"])
    let skipped = try #require(try store.delivery(numbers[1]))
    #expect(skipped.state == .skipped && skipped.problem == "twice" && skipped.changed == noon + 20)
    #expect(try await store.intervene(.retry, on: numbers[1]) == .ended(.skipped))
    #expect(try await store.intervene(.skip(reason: "late"), on: numbers[3]) == .ended(.delivered))
  }

  @Test("an edited body is sent, and the original is kept", arguments: Engine.present)
  func edit(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a", body: "wrong"))
    for text in ["better", ""] {
      try await store.intervene(
        .replaceBody(contentType: "text/plain", bytes: Array(text.utf8)), on: numbers[0], time: noon + 3)
    }
    let due = try #require(try store.take().first)
    #expect(due.body == DeliveryBody(edition: 2, contentType: "text/plain", bytes: [], made: noon + 3))
    try await store.report(numbers[0], .delivered)
    #expect(try store.delivery(numbers[0])?.edition == 2)
    let bodies = try store.bodies(ofDelivery: numbers[0])
    #expect(bodies.map { String(decoding: $0.bytes, as: UTF8.self) } == ["wrong", "better", ""])
    #expect(bodies.map(\.contentType) == ["application/xml", "text/plain", "text/plain"])
    #expect(bodies.map(\.made) == [noon, noon + 3, noon + 3])
    let late = DeliveryIntervention.replaceBody(contentType: "text/plain", bytes: [1])
    #expect(try await store.intervene(late, on: numbers[0]) == .ended(.delivered))
    #expect(try store.bodies(ofDelivery: numbers[0]).count == 3)
  }

  @Test("what is being sent can't be changed, nor what another person is changing", arguments: Engine.present)
  func busy(engine: Engine) async throws {
    let store = try place.open(engine)
    let numbers = try await store.record(delivery("a"))
    _ = try store.take()
    for intervention in [
      DeliveryIntervention.retry, .skip(reason: "x"), .replaceBody(contentType: "text/plain", bytes: []),
    ] {
      #expect(try await store.intervene(intervention, on: numbers[0]) == .busy)
    }
    try await store.report(numbers[0], .retry(due: noon, problem: "503"))
    let answers = try await withThrowingTaskGroup(of: DeliveryChange.self) { group in
      for _ in 0..<50 {
        group.addTask { try await store.intervene(.skip(reason: "x"), on: numbers[0]) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.filter { $0 == .done }.count == 1)
    #expect(answers.allSatisfy { [.done, .busy, .ended(.skipped)].contains($0) })
    await #expect(throws: StoreError.unknownDelivery) { try await store.intervene(.retry, on: 99) }
  }
}
