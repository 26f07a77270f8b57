import Billing
import Store
import TestRig
import Testing

/// What the register of free cards tells, as `billing/free-card` has it.
struct Card {
  var id = "c1"
  var holders = "191212121212"
  var from = "2026-09-30T13:45:10"
  var until = "2027-02-02T23:59:59"
  /// Milliseconds since 1970.
  var told: Int64 = 1_790_000_000_000

  var document: [UInt8] {
    let members = [("from", from), ("until", until)].filter { !$0.1.isEmpty }
    let texts = members.map { ",\"\($0.0)\":\"\($0.1)\"" }.joined()
    return Array("{\"cards\":[{\"id\":\"\(id)\",\"holders\":\"\(holders)\"\(texts)}]}".utf8)
  }

  /// Whether it frees a visit of its fee.
  func frees(_ facts: Facts) -> Bool {
    !from.isEmpty && facts.begins.prefix(10) >= from.prefix(10)
      && (until.isEmpty || facts.begins.prefix(10) <= until.prefix(10))
  }
}

extension Ledger {
  /// What is told of a free card; gives what changed.
  @discardableResult
  func tell(_ card: Card, by rules: BillingRules) async throws -> BillingNews {
    let news = try VisitBilling(rules, try Finance.library(), store)
      .news(ofRegister: card.document, told: card.told, now: 1)
    try await change(news.changes, kept: news.kept)
    return news
  }

  private func change(_ changes: [BillingChange], kept: [KeptChange]) async throws {
    try await withCheckedContinuation { waiter in
      store.change(changes, kept: kept) { waiter.resume(returning: $0) }
    }.get()
  }
}

/// Free cards that another message than the visit tells of.
struct FreeCardTests {
  private var unpaid: Facts {
    var facts = Facts()
    facts.isFeePaid = false
    return facts
  }

  @Test("A card that is told before the visit frees it of the fee, and the claim says so")
  func before() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    #expect(try await ledger.tell(Card(), by: rules).changes.isEmpty)
    try await ledger.tell(unpaid, by: rules)
    let record = try ledger.current("v1")
    #expect(record.amount == 50_000)
    #expect(String(decoding: record.body, as: UTF8.self).hasSuffix(#""reduction":"01"}"#))
    #expect(try await ledger.tell(Card(), by: rules).isEmpty, "the same card changes nothing")
    #expect(try await ledger.tell(unpaid, by: rules).isEmpty, "the same visit changes nothing")
  }

  @Test("A card that is told after closing credits the line and bills the whole price")
  func after() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.tell(unpaid, by: rules)
    try ledger.close(by: rules)
    try await ledger.tell(Card(), by: rules)
    #expect(try ledger.net("v1").description == "500.00")
    let report = try ledger.close("2026-11", on: "2026-11-05", by: rules)
    #expect(report.batches.map(\.credits) == [1, nil])
    let credit = try #require(try ledger.store.billingLines(ofBatch: 2, after: 0, limit: 9).first)
    #expect(credit.content.reason == "2" && credit.content.amount == 40_000, "the price was wrong")
    // It was told by mistake.
    try await ledger.tell(Card(from: "", told: 1_790_000_000_001), by: rules)
    #expect(try ledger.net("v1").description == "400.00")
    #expect(try await ledger.tell(Card(), by: rules).changes.isEmpty, "older news don't undo newer ones")
  }

  @Test("The claim says of a fee that was paid whether it counts towards a card, as the rules have it")
  func counting() async throws {
    let ledger = try Ledger()
    try await ledger.tell(Facts(), by: try Finance.rules())
    let body = String(decoding: try ledger.current("v1").body, as: UTF8.self)
    #expect(body.contains(#""feePaid":100.00,"freePass":true"#))
  }

  @Test("A fee that was paid although the card held waits for a person, who finds the credit made")
  func paid() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.tell(Facts(), by: rules)
    try ledger.close(by: rules)
    try await ledger.tell(Card(), by: rules)
    #expect(try ledger.current("v1").reason == "fee-despite-exemption")
    #expect(try ledger.net("v1") == .zero)
  }

  @Test(
    "A card frees visits from the minute on which the limit was reached until its end",
    arguments: [
      ("2026-10-05T09:30:00", "2027-02-02T23:59:59", "500.00"), ("2026-10-05T09:30:01", "", "400.00"),
      ("2026-10-05", "", "500.00"), ("2026-01-01", "2026-10-05T09:29:59", "400.00"),
      ("2026-01-01", "2026-10-05", "500.00"), ("", "", "400.00"),
    ])
  func bounds(_ from: String, _ until: String, _ net: String) async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.tell(unpaid, by: rules)
    try await ledger.tell(Card(from: from, until: until), by: rules)
    #expect(try ledger.net("v1").description == net)
  }

  @Test("Siblings share a card; others' visits are left alone, and so is what the population register told")
  func siblings() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    var sibling = unpaid
    (sibling.visit, sibling.number) = ("v2", "199002031004")
    var stranger = unpaid
    (stranger.visit, stranger.number) = ("v3", "199001012385")
    for facts in [unpaid, sibling, stranger] { try await ledger.tell(facts, by: rules) }
    try await ledger.tell(Answer(), by: rules)
    try await ledger.tell(Card(holders: "191212121212 199002031004"), by: rules)
    #expect(try ledger.net("v1").description == "500.00" && ledger.net("v2").description == "500.00")
    #expect(try ledger.net("v3").description == "400.00")
    #expect(try ledger.current("v1").debtor == "12" && ledger.current("v2").debtor == "01")
  }
}
