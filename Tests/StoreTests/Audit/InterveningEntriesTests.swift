import Store
import Testing

/// What a person does to a delivery, and the entry about it, are one change.
struct InterveningEntriesTests {
  private let place = TemporaryPlace()

  private func intervene(
    _ what: [DeliveryIntervention], on number: Int64, _ entries: [NewAuditEntry], _ store: any WholeStore
  ) async throws -> DeliveryChange {
    try await withCheckedThrowingContinuation { waiter in
      store.intervene(what, on: number, time: noon, audit: entries) { waiter.resume(with: $0) }
    }
  }

  @Test("What is done has its entry, and what is not done has none", arguments: Engine.present)
  func entries(engine: Engine) async throws {
    let store = try place.open(engine)
    let number = try await store.record(delivery("d"))[0]
    _ = try store.take()
    let entry = [AuditSample.entry(0)]
    #expect(try await intervene([.retry], on: number, entry, store) == .busy)
    #expect(try store.auditSize() == 0)
    store.giveBack([number])
    let edit = DeliveryIntervention.replaceBody(contentType: "text/plain", bytes: [9])
    #expect(try await intervene([edit, .retry], on: number, entry, store) == .done)
    #expect(try store.auditSize() == 1 && store.bodies(ofDelivery: number).last?.bytes == [9])
    #expect(try await intervene([.skip(reason: "old")], on: number, entry, store) == .done)
    #expect(try await intervene([.retry], on: number, entry, store) == .ended(.skipped))
    #expect(try store.auditSize() == 2)
  }

  @Test("Nothing is done whose entry cannot be stored", arguments: Engine.present)
  func stale(engine: Engine) async throws {
    let store = try place.open(engine)
    let number = try await store.record(delivery("d"))[0]
    let entry = [AuditSample.entry(0, key: .stored(id: [1]))]
    await #expect(throws: StoreError.staleAuditKey) {
      try await intervene([.skip(reason: "old")], on: number, entry, store)
    }
    await #expect(throws: StoreError.unknownDelivery) {
      try await intervene([.retry], on: number + 1, [AuditSample.entry(0)], store)
    }
    #expect(try store.delivery(number)?.state == .waiting && store.auditSize() == 0)
  }
}
