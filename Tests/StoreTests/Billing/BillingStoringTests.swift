import Store
import Testing

/// What billing's store keeps, and what it refuses.
struct BillingStoringTests {
  private let place = TemporaryPlace()

  @Test(
    "A visit's records follow each other; who computed from an older one is stale", arguments: Engine.present)
  func versions(engine: Engine) async throws {
    let store = try place.open(engine)
    #expect(await store.bill([BillingSample.change("v", .debit)]) == nil)
    #expect(await store.bill([BillingSample.change("v", .debit)]) == .stale)
    let first = try #require(try store.billingPosition(ofVisit: "v"))
    #expect(first.version == 1 && first.record.content == BillingSample.record(.debit) && first.revision == 1)
    let withdrawn = BillingChange(
      visit: "v", expectedVersion: 1, previous: .withdrawn(first.record.number),
      record: BillingSample.record(.waiting), revision: 2)
    #expect(await store.bill([withdrawn]) == nil)
    #expect(try store.openBilling().isEmpty)
    #expect(try store.waitingRecords(after: 0, limit: 9).map(\.visit) == ["v"])
    #expect(try store.billingRecords(ofVisit: "v").map(\.content.kind) == [.debit, .waiting])
    let kept = BillingChange(
      visit: "v", expectedVersion: 2, previous: .kept(first.record.number, facts: [9]), record: nil,
      revision: 3)
    #expect(await store.bill([kept]) == .stale)
    let waiting = try #require(try store.billingPosition(ofVisit: "v"))
    let known = BillingChange(
      visit: "v", expectedVersion: 2, previous: .kept(waiting.record.number, facts: [9]), record: nil,
      revision: 3)
    #expect(await store.bill([known]) == nil)
    #expect(try store.billingPosition(ofVisit: "v")?.facts == [9], "what is known now, not what was")
    let again = BillingChange(
      visit: "v", expectedVersion: 3, previous: .withdrawn(waiting.record.number),
      record: BillingSample.record(.waiting), revision: 4)
    #expect(await store.bill([again]) == nil)
    #expect(
      try store.billingPosition(ofVisit: "v")?.facts == BillingSample.record(.waiting).facts,
      "a new record knows all")
    #expect(await store.bill([BillingSample.change("a", .notBilled)]) == nil)
    #expect(try store.billingPositions(after: "", limit: 9).map(\.record.visit) == ["a", "v"])
    #expect(try store.billingPositions(after: "a", limit: 9).map(\.version) == [4])
  }

  @Test(
    "Batches close over open records without gaps, and a billed one is credited", arguments: Engine.present)
  func batches(engine: Engine) async throws {
    let store = try place.open(engine)
    for visit in ["a", "b", "c"] { #expect(await store.bill([BillingSample.change(visit, .debit)]) == nil) }
    let open = try store.openRecords(debtor: "01", credits: nil, upTo: "2026-10", after: nil, limit: 2)
    #expect(open.map(\.visit) == ["a", "b"])
    let rest = try store.openRecords(
      debtor: "01", credits: nil, upTo: "2026-10", after: open.last, limit: 9)
    #expect(rest.map(\.visit) == ["c"])
    #expect(try store.openGroups() == ["01 0 2026-10 3 150000"])
    let numbers = open.map(\.number)
    #expect(await store.closing(BillingSample.batch(2, numbers)) == .stale)
    #expect(await store.closing(BillingSample.batch(1, numbers)) == nil)
    #expect(await store.closing(BillingSample.batch(2, numbers)) == .stale)
    #expect(try store.billingLines(ofBatch: 1, after: 1, limit: 9).map(\.visit) == ["b"])
    #expect(
      try store.billedMonths().map { "\($0.debtor) \($0.month) \($0.count) \($0.amount)" } == [
        "01 2026-10 2 100000"
      ])
    let credited = BillingChange(
      visit: "a", expectedVersion: 1, previous: .credited(numbers[0], BillingSample.record(.credit)),
      record: BillingSample.record(.notBilled), revision: 2)
    #expect(await store.bill([credited]) == nil)
    #expect(
      try store.openGroups() == ["01 0 2026-10 1 50000", "01 1 2026-10 1 50000"])
    let event = BillingEvent(batch: 1, state: "paid", detail: "f", amount: 700, made: 1, key: "f/1")
    let sent = BillingEvent(batch: 1, state: "sent", detail: "", amount: 0, made: 2, key: "s")
    #expect(try await store.noting([event, sent]).get() == 2)
    #expect(try await store.noting([event]).get() == 0)
    let batch = try #require(try store.billingBatch(1))
    #expect(batch.state == "sent" && batch.paid == 700 && batch.lines == 2)
    #expect(try store.billingBatches() == [batch] && store.billingEvents(ofBatch: 1) == [event, sent])
  }
}

enum BillingSample {
  static func record(_ kind: BillingKind) -> NewBillingRecord {
    NewBillingRecord(
      kind: kind, debtor: "01", month: "2026-10", amount: 50_000, reason: "r", rules: "1", made: 1,
      body: [1, 2], facts: [3])
  }

  static func change(_ visit: String, _ kind: BillingKind, expected: Int64 = 0) -> BillingChange {
    BillingChange(
      visit: visit, expectedVersion: expected, previous: .none, record: record(kind), revision: 1)
  }

  static func batch(_ number: Int64, _ records: [Int64]) -> NewBillingBatch {
    NewBillingBatch(
      number: number, claim: "ZVF\(number)", debtor: "01", month: "2026-10", credits: nil, records: records,
      amount: 100_000, digest: "d", issued: "2026-11-02", made: 3, terms: [9])
  }
}

extension BillingStore {
  /// What is open, a line for each group.
  fileprivate func openGroups() throws -> [String] {
    try openBilling().map { "\($0.debtor) \($0.credits ?? 0) \($0.month) \($0.count) \($0.amount)" }
  }

  func bill(_ changes: [BillingChange]) async -> StoreError? {
    await Self.error { waiter in change(changes) { waiter.resume(returning: $0) } }
  }

  func closing(_ batch: NewBillingBatch) async -> StoreError? {
    await Self.error { waiter in close(batch) { waiter.resume(returning: $0) } }
  }

  func noting(_ events: [BillingEvent]) async -> Result<Int, StoreError> {
    await withCheckedContinuation { waiter in note(events) { waiter.resume(returning: $0) } }
  }

  private static func error(
    _ work: (CheckedContinuation<Result<Void, StoreError>, Never>) -> Void
  ) async -> StoreError? {
    if case .failure(let error) = await withCheckedContinuation(work) { error } else { nil }
  }
}
