import Foundation
import Store
import Testing

/// What goes when its time is over, and what stays for as long as somebody needs it.
@Suite("Bodies are removed")
struct RetentionTests {
  private let day: Int64 = 86_400_000
  private let directory: TemporaryDirectory
  private let store: SQLiteMessageStore

  init() throws {
    directory = try TemporaryDirectory()
    store = try Self.open(directory)
  }

  private static func open(_ directory: TemporaryDirectory) throws -> SQLiteMessageStore {
    var configuration = StoreConfiguration()
    configuration.bodyKey = [1, 2, 3]
    return try SQLiteMessageStore(path: directory.store, configuration: configuration)
  }

  private func accept(
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
  private func remove(
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

  private func isRemoved(_ id: String) throws -> Bool {
    let stored = try #require(try store.message(id))
    #expect((stored.bodyRemoved != nil) == stored.message.body.isEmpty)
    return stored.bodyRemoved != nil
  }

  @Test("of delivered messages, and what they were, when, and where they went can still be told")
  func delivered() async throws {
    _ = await accept("a", body: "Tolvan Tolvansson")
    let translated = TranslationRecord(
      id: "a", state: .translated, diagnostics: Array("[]".utf8), mappingVersion: "v",
      deliveries: [delivery("a.npo", body: "<Tolvansson/>")])
    let number = try #require(try await store.record(translated).get().first?.number)
    #expect(try await store.drain() == ["a.npo"])
    #expect(try await remove() == BodyRemovalStep(messages: 1, deliveries: 1))
    let stored = try #require(try store.message("a"))
    #expect(stored.bodyRemoved == noon + 30 * day && stored.message.body.isEmpty && stored.bytes == 17)
    #expect(stored.state == .translated && stored.mappingVersion == "v" && stored.diagnostics == nil)
    #expect(stored.message.received == noon)
    #expect(try store.messages(matching: MessageQuery(), limit: 9).messages.map(\.bytes) == [17])
    #expect(try store.deliveries(ofMessage: "a").map(\.state) == [.delivered])
    #expect(try store.bodies(ofDelivery: number).isEmpty)
    #expect(try await remove() == BodyRemovalStep())
  }

  @Test("but a repetition is still known, by the same key and bytes, and a conflict by other bytes")
  func duplicates() async throws {
    _ = await accept("a", key: "k", body: "first")
    _ = await store.record(TranslationRecord(id: "a", state: .translated))
    #expect(try await remove().messages == 1)
    #expect(await accept("b", key: "k", body: "first") == .success(.repeated("a")))
    #expect(await accept("c", key: "k", body: "other") == .success(.conflict("a")))
    #expect(await accept("d", key: "k", body: "") == .success(.conflict("a")))
  }

  @Test("never before their deliveries have arrived, also not of those that a person may still send")
  func undelivered() async throws {
    for id in ["waits", "dead", "skipped", "arrived"] {
      _ = await accept(id)
      let record = TranslationRecord(
        id: id, state: .translated, deliveries: [delivery("\(id).npo", lane: id)])
      let number = try #require(try await store.record(record).get().first?.number)
      if id == "dead" { try await report(number, .dead(problem: "no", holdsLane: true)) }
      if id == "skipped" { try await store.intervene(.skip(reason: "told"), on: number) }
      if id == "arrived" { try await report(number, .delivered) }
    }
    #expect(try await remove().messages == 2)
    #expect(try !isRemoved("waits") && !isRemoved("dead"))
    #expect(try isRemoved("skipped") && isRemoved("arrived"))
    #expect(try await store.drain() == ["waits.npo"])
    let dead = try #require(try store.deliveries(ofMessage: "dead").first)
    try await store.intervene(.retry, on: dead.number)
    #expect(try await store.drain(now: noon + 100) == ["dead.npo"])
    #expect(try await remove().messages == 2)
    #expect(try isRemoved("waits") && isRemoved("dead"))
  }

  private func report(_ number: Int64, _ result: DeliveryResult) async throws {
    let others = try store.take().map(\.number).filter { $0 != number }
    try await store.report(number, result)
    store.giveBack(others)
  }

  @Test("not of messages that wait for their translation or could not be translated; of rejected ones, yes")
  func untranslated() async throws {
    for id in ["waits", "failed", "rejected"] { _ = await accept(id) }
    _ = await store.record(
      TranslationRecord(id: "failed", state: .failed, diagnostics: Array("[1]".utf8)))
    _ = await store.record(
      TranslationRecord(id: "rejected", state: .rejected, diagnostics: Array("[2]".utf8)))
    #expect(try await remove().messages == 1)
    #expect(try isRemoved("rejected"))
    #expect(try store.message("failed")?.diagnostics == Array("[1]".utf8))
    #expect(try store.untranslated(limit: 9).map(\.message.body) == [Array("body".utf8)])
  }

  @Test("of the rule's mappings and times alone, and by a rule of another name from the beginning")
  func rules() async throws {
    _ = await accept("journal", mapping: "journal")
    _ = await store.record(TranslationRecord(id: "journal", state: .translated))
    for number in 0..<7 {
      _ = await accept("v\(number)", at: noon + Int64(number) * day)
      _ = await store.record(TranslationRecord(id: "v\(number)", state: .translated))
    }
    #expect(try await remove(before: noon + 3 * day).messages == 3)
    #expect(try isRemoved("v2") && !isRemoved("v3"))
    #expect(try await remove(before: noon + 5 * day).messages == 2)
    #expect(try await remove("shorter", before: noon + 6 * day).messages == 1)
    #expect(try await remove("journal", mapping: "journal").messages == 1)
  }

  @Test("of what came while a clock was ahead too, without keeping the others back")
  func clockAhead() async throws {
    _ = await accept("future", at: noon + 400 * day)
    _ = await accept("now")
    for id in ["future", "now"] { _ = await store.record(TranslationRecord(id: id, state: .translated)) }
    #expect(try await remove().messages == 1)
    #expect(try isRemoved("now"))
    #expect(try await remove(before: noon + 401 * day, now: noon + 402 * day).messages == 1)
  }

  @Test("only after the visit that a message told of has ended")
  func afterTheVisit() async throws {
    var index = HubIndex()
    let visit = (noon + 20 * day)...(noon + 20 * day + 1000)
    index.ranges = [HubRange(name: HubSample.key(2), times: visit)]
    _ = await accept("booking")
    let put = HubSample.put(HubSample.key(1), index: index)
    #expect(
      try await store.record(TranslationRecord(id: "booking", state: .translated, hub: [put])).get()
        .isEmpty)
    #expect(try await remove(before: noon + 16 * day, ended: ["Encounter"]).messages == 0)
    #expect(try await remove(before: noon + 21 * day, ended: ["Encounter"]).messages == 1)
    #expect(try store.effects(ofMessage: "booking").count == 1)
  }

  @Test("so that no page of the file or its log holds them")
  func noTrace() async throws {
    let secret = "TOLVANSSON-19121212"
    for number in 0..<50 {
      _ = await accept("m\(number)", body: "\(secret)-\(number)")
      let record = TranslationRecord(
        id: "m\(number)", state: .translated,
        deliveries: [delivery("m\(number).npo", lane: "\(number)", body: "<\(secret)>")])
      _ = await store.record(record)
    }
    _ = try await store.drain()
    #expect(try files().contains { $0.contains(secret) })
    #expect(try await remove().messages == 50)
    try await withCheckedContinuation { waiter in
      store.forgetRemoved { waiter.resume(returning: $0) }
    }.get()
    #expect(try files().allSatisfy { !$0.contains(secret) })
    store.close()
    #expect(try Self.open(directory).message("m1")?.bytes == "\(secret)-1".utf8.count)
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).map {
      String(decoding: try Data(contentsOf: URL(filePath: directory.path + "/" + $0)), as: UTF8.self)
    }
  }
}
