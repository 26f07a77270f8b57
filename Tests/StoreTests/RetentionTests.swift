import Foundation
import Store
import Testing

/// What goes when its time is over, and what stays for as long as somebody needs it.
@Suite("Bodies are removed")
struct RetentionTests {
  @Test(
    "of delivered messages, and what they were, when, and where they went can still be told",
    arguments: Engine.present)
  func delivered(engine: Engine) async throws {
    let bodies = try Bodies(engine)
    _ = await bodies.accept("a", body: "Tolvan Tolvansson")
    let translated = TranslationRecord(
      id: "a", state: .translated, diagnostics: Array("[]".utf8), mappingVersion: "v",
      deliveries: [delivery("a.npo", body: "<Tolvansson/>")])
    let number = try #require(try await bodies.store.record(translated).get().first?.number)
    #expect(try await bodies.store.drain() == ["a.npo"])
    #expect(try await bodies.remove() == BodyRemovalStep(messages: 1, deliveries: 1))
    let stored = try #require(try bodies.store.message("a"))
    #expect(stored.bodyRemoved == noon + 30 * Bodies.day && stored.message.body.isEmpty && stored.bytes == 17)
    #expect(stored.state == .translated && stored.mappingVersion == "v" && stored.diagnostics == nil)
    #expect(stored.message.received == noon)
    let page = try bodies.store.messages(matching: MessageQuery(), .newestFirst, after: nil, limit: 9)
    #expect(page.messages.map(\.bytes) == [17])
    #expect(try bodies.store.deliveries(ofMessage: "a").map(\.state) == [.delivered])
    #expect(try bodies.store.bodies(ofDelivery: number).isEmpty)
    #expect(try await bodies.remove() == BodyRemovalStep())
  }

  @Test(
    "but a repetition is still known, by the same key and bytes, and a conflict by other bytes",
    arguments: Engine.present)
  func duplicates(engine: Engine) async throws {
    let bodies = try Bodies(engine)
    _ = await bodies.accept("a", key: "k", body: "first")
    _ = await bodies.store.record(TranslationRecord(id: "a", state: .translated))
    #expect(try await bodies.remove().messages == 1)
    #expect(await bodies.accept("b", key: "k", body: "first") == .success(.repeated("a")))
    #expect(await bodies.accept("c", key: "k", body: "other") == .success(.conflict("a")))
    #expect(await bodies.accept("d", key: "k", body: "") == .success(.conflict("a")))
  }

  @Test(
    "never before their deliveries have arrived, also not of those that a person may still send",
    arguments: Engine.present)
  func undelivered(engine: Engine) async throws {
    let bodies = try Bodies(engine)
    for id in ["waits", "dead", "skipped", "arrived"] {
      _ = await bodies.accept(id)
      let record = TranslationRecord(
        id: id, state: .translated, deliveries: [delivery("\(id).npo", lane: id)])
      let number = try #require(try await bodies.store.record(record).get().first?.number)
      if id == "dead" { try await bodies.report(number, .dead(problem: "no", holdsLane: true)) }
      if id == "skipped" { try await bodies.store.intervene(.skip(reason: "told"), on: number) }
      if id == "arrived" { try await bodies.report(number, .delivered) }
    }
    #expect(try await bodies.remove().messages == 2)
    #expect(try !bodies.isRemoved("waits") && !bodies.isRemoved("dead"))
    #expect(try bodies.isRemoved("skipped") && bodies.isRemoved("arrived"))
    #expect(try await bodies.store.drain() == ["waits.npo"])
    let dead = try #require(try bodies.store.deliveries(ofMessage: "dead").first)
    try await bodies.store.intervene(.retry, on: dead.number)
    #expect(try await bodies.store.drain(now: noon + 100) == ["dead.npo"])
    #expect(try await bodies.remove().messages == 2)
    #expect(try bodies.isRemoved("waits") && bodies.isRemoved("dead"))
  }

  @Test(
    "not of messages that wait for their translation or could not be translated; of rejected ones, yes",
    arguments: Engine.present)
  func untranslated(engine: Engine) async throws {
    let bodies = try Bodies(engine)
    for id in ["waits", "failed", "rejected"] { _ = await bodies.accept(id) }
    _ = await bodies.store.record(
      TranslationRecord(id: "failed", state: .failed, diagnostics: Array("[1]".utf8)))
    _ = await bodies.store.record(
      TranslationRecord(id: "rejected", state: .rejected, diagnostics: Array("[2]".utf8)))
    #expect(try await bodies.remove().messages == 1)
    #expect(try bodies.isRemoved("rejected"))
    #expect(try bodies.store.message("failed")?.diagnostics == Array("[1]".utf8))
    #expect(try bodies.store.untranslated(limit: 9).map(\.message.body) == [Array("body".utf8)])
  }

  @Test(
    "of the rule's mappings and times alone, and by a rule of another name from the beginning",
    arguments: Engine.present)
  func rules(engine: Engine) async throws {
    let bodies = try Bodies(engine)
    _ = await bodies.accept("journal", mapping: "journal")
    _ = await bodies.store.record(TranslationRecord(id: "journal", state: .translated))
    for number in 0..<7 {
      _ = await bodies.accept("v\(number)", at: noon + Int64(number) * Bodies.day)
      _ = await bodies.store.record(TranslationRecord(id: "v\(number)", state: .translated))
    }
    #expect(try await bodies.remove(before: noon + 3 * Bodies.day).messages == 3)
    #expect(try bodies.isRemoved("v2") && !bodies.isRemoved("v3"))
    #expect(try await bodies.remove(before: noon + 5 * Bodies.day).messages == 2)
    #expect(try await bodies.remove("shorter", before: noon + 6 * Bodies.day).messages == 1)
    #expect(try await bodies.remove("journal", mapping: "journal").messages == 1)
  }

  @Test(
    "of what came while a clock was ahead too, without keeping the others back", arguments: Engine.present)
  func clockAhead(engine: Engine) async throws {
    let bodies = try Bodies(engine)
    _ = await bodies.accept("future", at: noon + 400 * Bodies.day)
    _ = await bodies.accept("now")
    for id in ["future", "now"] {
      _ = await bodies.store.record(TranslationRecord(id: id, state: .translated))
    }
    #expect(try await bodies.remove().messages == 1)
    #expect(try bodies.isRemoved("now"))
    #expect(
      try await bodies.remove(before: noon + 401 * Bodies.day, now: noon + 402 * Bodies.day).messages == 1)
  }

  @Test("only after the visit that a message told of has ended", arguments: Engine.present)
  func afterTheVisit(engine: Engine) async throws {
    let bodies = try Bodies(engine)
    var index = HubIndex()
    let visit = (noon + 20 * Bodies.day)...(noon + 20 * Bodies.day + 1000)
    index.ranges = [HubRange(name: HubSample.key(2), times: visit)]
    _ = await bodies.accept("booking")
    let put = HubSample.put(HubSample.key(1), index: index)
    #expect(
      try await bodies.store.record(TranslationRecord(id: "booking", state: .translated, hub: [put])).get()
        .isEmpty)
    #expect(try await bodies.remove(before: noon + 16 * Bodies.day, ended: ["Encounter"]).messages == 0)
    #expect(try await bodies.remove(before: noon + 21 * Bodies.day, ended: ["Encounter"]).messages == 1)
    #expect(try bodies.store.effects(ofMessage: "booking").count == 1)
  }

  @Test("so that no page of the file or its log holds them")
  func noTrace() async throws {
    let bodies = try Bodies(.sqlite, sealing: false)
    let secret = "TOLVANSSON-19121212"
    for number in 0..<50 {
      _ = await bodies.accept("m\(number)", body: "\(secret)-\(number)")
      let record = TranslationRecord(
        id: "m\(number)", state: .translated,
        deliveries: [delivery("m\(number).npo", lane: "\(number)", body: "<\(secret)>")])
      _ = await bodies.store.record(record)
    }
    _ = try await bodies.store.drain()
    #expect(try files(bodies).contains { $0.contains(secret) })
    #expect(try await bodies.remove().messages == 50)
    try await withCheckedContinuation { waiter in
      bodies.store.forgetRemoved { waiter.resume(returning: $0) }
    }.get()
    #expect(try files(bodies).allSatisfy { !$0.contains(secret) })
    bodies.store.close()
    #expect(
      try bodies.place.open(.sqlite, Bodies.configuration).message("m1")?.bytes == "\(secret)-1".utf8.count)
  }

  private func files(_ bodies: Bodies) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bodies.place.directory.get().path).map {
      String(
        decoding: try Data(contentsOf: URL(filePath: bodies.place.directory.get().path + "/" + $0)),
        as: UTF8.self)
    }
  }
}

/// A store whose bodies are removed, and its clock.
private struct Bodies {
  static let day: Int64 = 86_400_000
  let place = TemporaryPlace()
  let store: any WholeStore

  init(_ engine: Engine, sealing: Bool = true) throws {
    store = try place.open(engine, Self.configuration, sealing: sealing)
  }

  static var configuration: StoreConfiguration {
    var configuration = StoreConfiguration()
    configuration.bodyKey = [1, 2, 3]
    return configuration
  }

  func accept(
    _ id: String, at received: Int64 = noon, key: String? = nil, mapping: String = "visits",
    body: String = "body"
  ) async -> Result<Acceptance, StoreError> {
    await store.accept(
      NewMessage(
        id: id, mapping: mapping, senderKey: key, received: received, contentType: "application/json",
        body: Array(body.utf8)))
  }

  /// Removes all that may go by a rule, in steps of two; gives the sums.
  @discardableResult
  func remove(
    _ rule: String = "visits", mapping: String = "visits", before: Int64 = noon + 86_400_000,
    ended: Set<String> = [],
    now: Int64 = noon + 30 * 86_400_000
  ) async throws -> BodyRemovalStep {
    let removal = BodyRemoval(
      rule: rule, isMeant: { $0 == mapping }, before: before, ended: ended, time: now)
    var sum = BodyRemovalStep(next: .left(0))
    while let place = sum.next {
      let step = try await withCheckedContinuation { waiter in
        store.removeBodies(removal, at: place, limit: 2) { waiter.resume(returning: $0) }
      }.get()
      sum = BodyRemovalStep(
        messages: sum.messages + step.messages, deliveries: sum.deliveries + step.deliveries, next: step.next)
    }
    return sum
  }

  func isRemoved(_ id: String) throws -> Bool {
    let stored = try #require(try store.message(id))
    #expect((stored.bodyRemoved != nil) == stored.message.body.isEmpty)
    return stored.bodyRemoved != nil
  }

  func report(_ number: Int64, _ result: DeliveryResult) async throws {
    let others = try store.take().map(\.number).filter { $0 != number }
    try await store.report(number, result)
    store.giveBack(others)
  }
}
