import Billing
import Store
import TestRig
import Testing

/// What the population register answers, as `billing/register` has it.
struct Answer {
  var number = "191212121212"
  var county = "12"
  var municipality = "1280"
  var since = "2020-05-01"
  var until = ""
  var isProtected = false
  /// Milliseconds since 1970.
  var told: Int64 = 1_760_000_000_000

  var document: [UInt8] {
    let members = [("county", county), ("municipality", municipality), ("since", since), ("until", until)]
    let texts = members.filter { !$0.1.isEmpty }.map { ",\"\($0.0)\":\"\($0.1)\"" }.joined()
    return Array(
      "{\"persons\":[{\"number\":\"\(number)\"\(texts),\"isProtected\":\(isProtected)}]}".utf8)
  }
}

extension Ledger {
  private func store(_ news: BillingNews) async throws {
    try await withCheckedContinuation { waiter in
      store.change(news.changes, kept: news.kept) { waiter.resume(returning: $0) }
    }.get()
  }

  /// A visit's news, by what the register has answered; gives what changed.
  @discardableResult
  func tell(_ facts: Facts, by rules: BillingRules) async throws -> BillingNews {
    let news = try VisitBilling(rules, try Finance.library(), store).news(of: facts.bytes, now: 1)
    try await store(news)
    return news
  }

  /// An answer of the register; likewise.
  @discardableResult
  func tell(_ answer: Answer, by rules: BillingRules) async throws -> BillingNews {
    let news = try VisitBilling(rules, try Finance.library(), store)
      .news(ofRegister: answer.document, told: answer.told, now: 1)
    try await store(news)
    return news
  }

  func current(_ visit: String) throws -> NewBillingRecord {
    try #require(try store.billingPosition(ofVisit: visit)).record.content
  }
}

struct ResidenceTests {
  private var stranger: Facts {
    var facts = Facts()
    (facts.county, facts.municipality) = ("", "")
    return facts
  }

  @Test("A visit that waits for its county is priced when the register answers, and stays so")
  func waiting() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.tell(stranger, by: rules)
    #expect(try ledger.current("v1").reason == "county-unknown")
    try await ledger.tell(Answer(), by: rules)
    let record = try ledger.current("v1")
    #expect(record.kind == .debit && record.debtor == "12" && record.amount == 40_000)
    #expect(try ledger.store.waitingRecords(after: 0, limit: 9).isEmpty)
    #expect(try await ledger.tell(Answer(), by: rules).isEmpty, "the same answer changes nothing")
    #expect(try await ledger.tell(stranger, by: rules).isEmpty, "the same visit changes nothing")
  }

  @Test("Who pays is where the patient was registered when the visit began, whatever came later")
  func moved() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.tell(Answer(), by: rules)
    try await ledger.tell(Facts(), by: rules)
    #expect(try ledger.current("v1").debtor == "12", "the register goes before the sender")
    try ledger.close(by: rules)
    let later = Answer(county: "14", municipality: "1480", since: "2026-10-06", told: 1_792_000_000_000)
    #expect(try await ledger.tell(later, by: rules).changes.isEmpty)
    #expect(try ledger.current("v1").debtor == "12")
    var next = Facts()
    (next.visit, next.begins) = ("v2", "2026-10-06T00:10:00+02:00")
    try await ledger.tell(next, by: rules)
    #expect(try ledger.current("v2").debtor == "14")
  }

  @Test("An answer about later days alone is a question, unless the sender told the county")
  func later() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    let later = Answer(since: "2026-10-06")
    try await ledger.tell(later, by: rules)
    try await ledger.tell(stranger, by: rules)
    #expect(try ledger.current("v1").reason == "residence-later")
    var told = Facts()
    told.visit = "v2"
    try await ledger.tell(told, by: rules)
    #expect(try ledger.current("v2").debtor == "01")
    try await ledger.tell(Answer(county: "14", municipality: "1480", since: "2019-01-01"), by: rules)
    #expect(try ledger.current("v1").debtor == "14" && ledger.current("v2").debtor == "14")
  }

  @Test("An answer without a day holds from the Swedish day on which it was given")
  func undated() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    // 2026-10-05, 00:30 in Sweden.
    try await ledger.tell(Answer(since: "", told: 1_791_153_000_000), by: rules)
    var before = stranger
    (before.visit, before.begins) = ("v0", "2026-10-04T23:59:00+02:00")
    try await ledger.tell(before, by: rules)
    try await ledger.tell(stranger, by: rules)
    #expect(try ledger.current("v0").reason == "residence-later")
    #expect(try ledger.current("v1").debtor == "12")
  }

  @Test(
    "Who has left the register lives in no county; who is protected is not billed, from when that is known")
  func leftAndProtected() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.tell(Answer(until: "2026-10-01"), by: rules)
    try await ledger.tell(stranger, by: rules)
    #expect(try ledger.current("v1").reason == "county-unknown")
    let other = try Ledger()
    try await other.tell(Facts(), by: rules)
    try other.close(by: rules)
    try await other.tell(
      Answer(county: "", municipality: "", since: "", isProtected: true), by: rules)
    #expect(try other.current("v1").reason == "protected")
    #expect(try other.net("v1") == .zero, "what was billed is credited")
    try await other.tell(Answer(isProtected: false, told: 1_750_000_000_000), by: rules)
    #expect(try other.current("v1").reason == "protected", "older answers don't undo newer ones")
  }

  @Test("The way to a price tells what the register said")
  func explained() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.tell(stranger, by: rules)
    try await ledger.tell(Answer(), by: rules)
    let steps = try VisitBilling(rules, try Finance.library(), ledger.store)
      .explain(try ledger.current("v1").facts).steps
    #expect(steps.contains { $0.rule == "county-from: register" && $0.result == "county 12" })
  }

  @Test("Without messages of registers nothing is remembered of patients")
  func off() async throws {
    let text = String(decoding: try RepositoryFolder.bytes("Mappings/billing/rules.yaml"), as: UTF8.self)
    let rules = try Finance.rules(replacing: [
      "rules.yaml": text.replacing(/(?m)^(register|free-card)-messages:.*$/, with: "")
    ])
    let ledger = try Ledger()
    #expect(try await ledger.tell(Facts(), by: rules).kept.isEmpty)
  }
}
