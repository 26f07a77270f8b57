import Store
import Testing

/// Batches on their way, and what is remembered with billing's changes.
struct BillingSendingTests {
  private let place = TemporaryPlace()

  private func sending(_ id: String, of claim: String, in store: any WholeStore) async throws -> Bool {
    let message = NewMessage(
      id: id, mapping: "billing/sending", senderKey: claim, received: 1, contentType: "application/json",
      body: [1])
    let delivery = NewDelivery(
      key: "billing.\(claim)", route: "billing-claims", target: "claims-01", lane: "billing.\(claim)",
      contentType: "application/xml", body: [2, 3], created: 1)
    let event = BillingEvent(
      batch: 1, state: "sending", detail: "claims-01", amount: 0, made: 1, key: "sending:\(claim)")
    return try await withCheckedContinuation { waiter in
      store.send(message, [delivery], [event]) { waiter.resume(returning: $0) }
    }.get()
  }

  @Test(
    "A batch is sent once, with its delivery and what is noted of it, or not at all",
    arguments: Engine.present)
  func sent(engine: Engine) async throws {
    let store = try place.open(engine)
    defer { store.close() }
    #expect(await store.bill([BillingSample.change("v", .debit)]) == nil)
    let record = try #require(try store.billingPosition(ofVisit: "v")?.record.number)
    #expect(await store.closing(BillingSample.batch(1, [record])) == nil)
    #expect(try await sending("m1", of: "ZVF1.claim", in: store))
    #expect(try await !sending("m2", of: "ZVF1.claim", in: store), "it was sent before")
    #expect(try store.message(withKey: "ZVF1.claim", mapping: "billing/sending") == "m1")
    #expect(try store.message("m2") == nil && store.message("m1")?.state == .translated)
    let deliveries = try store.deliveries(ofMessage: "m1")
    #expect(deliveries.map(\.target) == ["claims-01"] && deliveries.map(\.state) == [.waiting])
    #expect(try store.billingEvents(ofBatch: 1).map(\.state) == ["sending"])
    let remark = BillingEvent(batch: 1, state: "comment", detail: "R5", amount: 0, made: 2, key: "c")
    #expect(try await store.noting([remark]).get() == 1)
    #expect(try store.billingBatch(1)?.state == "sending", "a remark is no state")
  }

  @Test("What is remembered with a change is, or neither is", arguments: Engine.present)
  func remembered(engine: Engine) async throws {
    let store = try place.open(engine)
    defer { store.close() }
    let name = KeptEntry.Name(space: "billing-residence", key: "p")
    func change(_ visit: String, expecting revision: Int64?) async -> Result<Void, StoreError> {
      await withCheckedContinuation { waiter in
        store.change(
          [BillingSample.change(visit, .debit)], kept: [KeptChange(name, expected: revision, value: [7])]
        ) { waiter.resume(returning: $0) }
      }
    }
    try await change("a", expecting: nil).get()
    let entry = try #require(try store.kept(name))
    #expect(entry.value == [7])
    let stale = await change("b", expecting: nil)
    #expect(throws: StoreError.stale) { try stale.get() }
    #expect(try store.billingPosition(ofVisit: "b") == nil)
    try await change("b", expecting: entry.revision).get()
    #expect(try store.billingPosition(ofVisit: "b") != nil)
  }
}
