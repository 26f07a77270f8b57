import Billing
import Store
import Testing

struct TransactionTests {
  private func accept(_ id: String, _ store: SQLiteMessageStore) async throws {
    let message = NewMessage(id: id, mapping: "visits", received: 1, contentType: "text/plain", body: [1])
    _ = try await withCheckedContinuation { waiter in
      store.accept(message) { waiter.resume(returning: $0) }
    }.get()
  }

  private func record(_ id: String, _ changes: [BillingChange], _ store: SQLiteMessageStore) async -> Result<
    [DeliveryReceipt], StoreError
  > {
    await withCheckedContinuation { waiter in
      store.record(TranslationRecord(id: id, state: .translated, billing: changes)) {
        waiter.resume(returning: $0)
      }
    }
  }

  @Test("A visit's billing is stored with its message, or neither is")
  func together() async throws {
    let ledger = try Ledger()
    let billing = VisitBilling(try Finance.rules(), try Finance.library(), ledger.store)
    let change = try #require(try billing.change(of: Facts().bytes, now: 1))
    try await accept("a", ledger.store)
    try await accept("b", ledger.store)
    _ = try await record("a", [change], ledger.store).get()
    #expect(try ledger.store.message("a")?.state == .translated)
    #expect(try ledger.store.billingPosition(ofVisit: "v1")?.version == 1)
    let stale = await record("b", [change], ledger.store)
    #expect(throws: StoreError.stale) { try stale.get() }
    #expect(try ledger.store.message("b")?.state == .received)
    #expect(try ledger.store.billingRecords(ofVisit: "v1").count == 1)
  }

  @Test("Two changes of one visit in one record are refused")
  func twice() async throws {
    let ledger = try Ledger()
    let billing = VisitBilling(try Finance.rules(), try Finance.library(), ledger.store)
    let change = try #require(try billing.change(of: Facts().bytes, now: 1))
    try await accept("a", ledger.store)
    let result = await record("a", [change, change], ledger.store)
    #expect(throws: StoreError.stale) { try result.get() }
    #expect(try ledger.store.billingPosition(ofVisit: "v1") == nil)
  }
}
