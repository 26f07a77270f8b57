import Store
import Testing

/// What billing sends, and what is remembered with it.
struct BillingSendingTests {
  private let place = TemporaryPlace()

  private func send(
    _ message: NewMessage, _ deliveries: [NewDelivery], in store: any WholeStore
  ) async -> Result<Bool, StoreError> {
    let event = BillingEvent(batch: 1, state: "sent", detail: "", amount: 0, made: 2, key: "s/\(message.id)")
    return await withCheckedContinuation { waiter in
      store.send(message, deliveries, [event]) { waiter.resume(returning: $0) }
    }
  }

  @Test(
    "A claim is sent once: its message, its deliveries and what is noted of it come together, or not at all",
    arguments: Engine.present)
  func sending(engine: Engine) async throws {
    let store = try place.open(engine)
    defer { store.close() }
    #expect(await store.bill([BillingSample.change("v", .debit)]) == nil)
    let number = try #require(try store.billingPosition(ofVisit: "v")).record.number
    #expect(await store.closing(BillingSample.batch(1, [number])) == nil)
    let claim = message("claim", key: "batch 1")
    let deliveries = [delivery("claim/1", lane: "x"), delivery("claim/2", lane: "x")]
    #expect(try await send(claim, deliveries, in: store).get())
    #expect(try store.message("claim")?.state == .translated && store.untranslated(limit: 9).isEmpty)
    #expect(try await !send(message("again", key: "batch 1"), [delivery("again")], in: store).get())
    #expect(try store.message("again") == nil)
    #expect(try store.billingEvents(ofBatch: 1).map(\.key) == ["s/claim"])
    #expect(try store.deliveries(ofMessage: "claim").map(\.key) == ["claim/1", "claim/2"])
    #expect(try await store.drain() == ["claim/1", "claim/2"])
    let remark = BillingEvent(batch: 1, state: "comment", detail: "R5", amount: 0, made: 2, key: "c")
    #expect(try await store.noting([remark]).get() == 1)
    #expect(try store.billingBatch(1)?.state == "sent", "a remark is no state")
  }

  @Test(
    "What is remembered with a translation stands, is stale, and is marked with it", arguments: Engine.present
  )
  func remembering(engine: Engine) async throws {
    let store = try place.open(engine)
    defer { store.close() }
    let (name, marked) = (KeptEntry.Name(space: "a", key: "1"), KeptEntry.Name(space: "b", key: "1"))
    for id in ["m1", "m2", "m3"] { _ = await store.accept(message(id)) }
    let first = TranslationRecord(
      id: "m1", state: .translated, billing: [BillingSample.change("v", .debit)],
      kept: [KeptChange(name, expected: nil, value: [1])], marks: [marked])
    #expect(try await store.record(first).get().isEmpty)
    #expect(try store.kept(name)?.value == [1] && store.kept(marked)?.revision == 1)
    let late = TranslationRecord(
      id: "m2", state: .translated, billing: [BillingSample.change("w", .debit)],
      kept: [KeptChange(name, expected: nil, value: [2])], marks: [marked])
    guard case .failure(.stale) = await store.record(late) else {
      return #expect(Bool(false), "it was not stale")
    }
    #expect(try store.billingPosition(ofVisit: "w") == nil && store.message("m2")?.state == .received)
    let next = TranslationRecord(
      id: "m3", state: .translated, kept: [KeptChange(name, expected: 1, value: [3])], marks: [marked])
    _ = try await store.record(next).get()
    #expect(try store.kept(name)?.value == [3] && store.kept(marked)?.revision == 2)
    #expect(try store.billingPosition(ofVisit: "v")?.version == 1)
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
