import Store
import Synchronization
import Testing

@Suite("Recording a batch")
struct RecordingBatchTests {
  private let place = TemporaryPlace()

  private func translation(
    _ id: String, _ deliveries: [NewDelivery] = [], hub: [HubChange] = [], billing: [BillingChange] = [],
    audit: [NewAuditEntry] = []
  ) -> TranslationRecord {
    TranslationRecord(
      id: id, state: .translated, deliveries: deliveries, hub: hub, billing: billing, audit: audit)
  }

  @Test("stores all its records in order, and tells of each delivery", arguments: Engine.present)
  func whole(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.acceptAll(["a", "b"].map { message($0) })
    let visit = HubSample.key(1)
    let receipts = try await store.recordAll([
      translation("a", [delivery("1"), delivery("2")], hub: [HubSample.put(visit)]),
      translation("b", [delivery("3"), delivery("1")], audit: [AuditSample.entry(1)]),
    ]).get()
    let numbers = try #require(receipts[0]).map(\.number)
    #expect(receipts[0] == numbers.map { .added($0) })
    #expect(receipts[1]?.last == .repeated(numbers[0]))
    #expect(try store.deliveries(ofMessage: "b").map(\.key) == ["3"])
    #expect(try store.counts() == [.translated: 2])
    #expect(try store.auditSize() == 1)
    #expect(try store.materials([visit]).resources.count == 1)
  }

  @Test("lets a message go first that came later, when it is long", arguments: Engine.present)
  func goesLast(engine: Engine) async throws {
    let store = try place.open(engine)
    let ids = (0..<1000).map { "id-\($0)" }
    _ = await store.acceptAll(ids.map { message($0) })
    let batch = ids.map { translation($0) }
    // Each time the first batch may have ended before the others are handed over.
    for round in 0..<200 {
      let order = await withCheckedContinuation { (waiter: CheckedContinuation<[String], Never>) in
        let told = Mutex<[String]>([])
        @Sendable func tell(_ name: String) {
          let all = told.withLock { names in
            names.append(name)
            return names
          }
          if all.count == 3 { waiter.resume(returning: all) }
        }
        store.record(batch) { _ in tell("first batch") }
        store.record(batch) { _ in tell("second batch") }
        store.accept(message("late-\(round)")) { _ in tell("message") }
      }
      if order == ["first batch", "message", "second batch"] { return }
    }
    Issue.record("the message always waited for both batches")
  }

  @Test(
    "goes to the disk with the messages that it is of, and leaves out what was not accepted",
    arguments: Engine.present,
    [3, 200])
  func withMessages(engine: Engine, count: Int) async throws {
    let store = try place.open(engine)
    // The gateway that translates is the one that records what is a message's first.
    #expect(try store.leadsTranslation())
    _ = await store.accept(message("earlier", key: "key-1"))
    let messages = (0..<count).map { message("id-\($0)", key: "key-\($0)") }
    let follower = Follower()
    store.follow(follower)
    let records = messages.map {
      translation($0.id, [delivery("of \($0.id)")], audit: [AuditSample.entry(1)]).asFirst
    }
    let recorded = await withCheckedContinuation { waiter in
      for message in messages { store.accept(message) { _ in } }
      store.record(records) { waiter.resume(returning: $0) }
    }
    let receipts = try recorded.get()
    #expect(receipts.map { $0?.count } == (0..<count).map { $0 == 1 ? nil : 1 })
    #expect(follower.announced == messages.map(\.id))
    #expect(follower.stored == messages.map(\.id).filter { $0 != "id-1" })
    #expect(try store.counts() == [.received: 1, .translated: count - 1])
    #expect(try store.auditSize() == count - 1)
    let unknown = await store.recordAll([translation("nobody")])
    #expect(throws: StoreError.unknownMessage) { try unknown.get() }
  }

  @Test(
    "goes behind those before it in their order, also behind a long one that lets others go first",
    arguments: Engine.present)
  func longFirst(engine: Engine) async throws {
    let store = try place.open(engine)
    let ids = (0..<100).map { "id-\($0)" }
    _ = await store.acceptAll(ids.map { message($0) })
    let order = RecordingOrder()
    let batches = [Array(ids[0..<40]), [ids[40]], Array(ids[41..<90]), [ids[90]], Array(ids[91...])]
    let told = Mutex<[Int]>([])
    await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
      store.onWriter { [self] in
        for (number, batch) in batches.enumerated() {
          store.accept(message("beside-\(number)")) { _ in }
          store.record(batch.map { translation($0, [delivery($0, lane: "a")]) }, inOrder: order) { _ in
            let count = told.withLock { told in
              told.append(number)
              return told.count
            }
            if count == batches.count { waiter.resume() }
          }
        }
      }
    }
    #expect(told.withLock { $0 } == Array(batches.indices))
    let numbers = try ids.map { try store.deliveries(ofMessage: $0).first?.number ?? 0 }
    #expect(numbers == numbers.sorted() && Set(numbers).count == 100)
  }

  @Test("fails alone when there is no room for it: the messages beside it are taken")
  func tooLarge() async throws {
    var configuration = StoreConfiguration()
    configuration.maximumFileBytes = 1 << 20
    let folder = try TemporaryDirectory()
    let store = try SQLiteMessageStore(path: folder.store, configuration: configuration)
    _ = await store.accept(message("a"))
    let large = NewDelivery(
      key: "1", route: "r", target: "npo", lane: "l", contentType: "text/plain",
      body: Array(repeating: 7, count: 2 << 20), created: noon)
    let accepted = Mutex<Result<Acceptance, StoreError>?>(nil)
    let recorded: Result<[[DeliveryReceipt]?], StoreError> = await withCheckedContinuation { waiter in
      store.onWriter { [self] in
        store.record([translation("a", [large])], inOrder: RecordingOrder()) { recorded in
          // Told after the message, or before.
          store.record([]) { _ in waiter.resume(returning: recorded) }
        }
        store.accept(message("b")) { result in accepted.withLock { $0 = result } }
      }
    }
    #expect(throws: StoreError.self) { try recorded.get() }
    #expect(accepted.withLock { $0 } == .success(.accepted("b")))
    #expect(try store.counts() == [.received: 2])
  }

  @Test("is stored only when those before it in their order are", arguments: Engine.present)
  func inOrder(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.acceptAll(["a", "b", "c", "d"].map { message($0) })
    let visit = HubSample.key(1)
    func record(_ record: TranslationRecord, _ order: RecordingOrder) async -> Result<
      [[DeliveryReceipt]?], StoreError
    > {
      await withCheckedContinuation { waiter in
        store.record([record], inOrder: order) { waiter.resume(returning: $0) }
      }
    }
    let (order, other) = (RecordingOrder(), RecordingOrder())
    _ = try await record(translation("a", hub: [HubSample.put(visit)]), order).get()
    for late in [translation("b", hub: [HubSample.put(visit)]), translation("c"), translation("d")] {
      let result = await record(late, order)
      #expect(throws: StoreError.stale) { try result.get() }
    }
    #expect(try store.counts() == [.received: 3, .translated: 1])
    _ = try await record(translation("c"), other).get()
    #expect(try store.counts() == [.received: 2, .translated: 2])
  }

  @Test("leaves nothing when one of them is refused", arguments: Engine.present)
  func nothing(engine: Engine) async throws {
    let store = try place.open(engine)
    _ = await store.acceptAll(["a", "b", "c"].map { message($0) })
    let (visit, other) = (HubSample.key(1), HubSample.key(2))
    _ = try await store.recordAll([translation("c", hub: [HubSample.put(visit)])]).get()
    let first = translation(
      "a", [delivery("1")], hub: [HubSample.put(other)],
      billing: [BillingSample.change("v", .debit)], audit: [AuditSample.entry(1)])
    let refused: [(TranslationRecord, StoreError)] = [
      (translation("nobody"), .unknownMessage),
      (translation("b", hub: [HubSample.put(visit)]), .stale),
      (translation("b", billing: [BillingSample.change("w", .debit, expected: 4)]), .stale),
      (translation("b", audit: [AuditSample.entry(2, key: .stored(id: [9]))]), .staleAuditKey),
    ]
    for (second, error) in refused {
      let result = await store.recordAll([first, second])
      #expect(throws: error) { try result.get() }
      #expect(try store.counts() == [.received: 2, .translated: 1])
      #expect(try store.materials([other]).resources.isEmpty)
      #expect(try store.billingPosition(ofVisit: "v") == nil)
      #expect(try store.deliveries(ofMessage: "a").isEmpty && store.auditSize() == 0)
    }
    _ = try await store.recordAll([first, translation("b")]).get()
    #expect(try store.counts() == [.translated: 3])
    #expect(try store.billingPosition(ofVisit: "v")?.version == 1)
  }

  @Test(
    "keeps what can't be sent as dead, holding its lane or not, until a person decides",
    arguments: Engine.present)
  func faults(engine: Engine) async throws {
    let store = try place.open(engine)
    func broken(_ key: String, lane: String, holds: Bool) -> NewDelivery {
      NewDelivery(
        key: key, route: "r", target: "npo", lane: lane, contentType: "text/plain", body: [1], created: noon,
        fault: .init(problem: "no document", holdsLane: holds))
    }
    let numbers = try await store.record(
      broken("1", lane: "a", holds: true), delivery("2", lane: "a"), broken("3", lane: "b", holds: false),
      delivery("4", lane: "b"))
    let dead = try #require(try store.delivery(numbers[0]))
    #expect(dead.state == .dead && dead.holdsLane && dead.problem == "no document")
    #expect(dead.mapping == "visits")
    #expect(try store.delivery(numbers[2])?.holdsLane == false)
    #expect(try store.deliveryCounts().first?.counts == [.dead: 2, .waiting: 2])
    #expect(try store.take().map(\.key) == ["4"])
    #expect(try await store.intervene(.retry, on: numbers[0]) == .done)
    #expect(try store.take(now: noon + 3_600_000).map(\.key) == ["1"])
  }
}

/// Remembers of which messages it was told.
private final class Follower: MessageFollower {
  private let told = Mutex((announced: [String](), stored: [String]()))

  var announced: [String] { told.withLock { $0.announced } }
  var stored: [String] { told.withLock { $0.stored } }

  func announce(_ message: NewMessage) { told.withLock { $0.announced.append(message.id) } }
  func settle(_ message: NewMessage, isStored: Bool) {
    if isStored { told.withLock { $0.stored.append(message.id) } }
  }
}

extension MessageStore {
  func recordAll(_ translations: [TranslationRecord]) async -> Result<[[DeliveryReceipt]?], StoreError> {
    await withCheckedContinuation { waiter in record(translations) { waiter.resume(returning: $0) } }
  }
}
