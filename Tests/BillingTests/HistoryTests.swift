import Billing
import Store
import TestRig
import Testing

/// Random histories of visits, corrections, replays, new prices and closings.
struct HistoryTests {
  /// A price list with other prices.
  private static func rules(doctor: Int, other: Int) throws -> BillingRules {
    let text = """
      valid-from,valid-to,group,form,kind,category,product,name,price
      2019-06-14,,doctor,video,,04,DL01,Läkare,\(doctor).00
      2019-06-14,,psychosocial,video,,04,DP01,Psykolog,425.50
      2019-06-14,,other,video,,04,DS01,Annan,\(other).00
      2019-06-14,,doctor,chat,,04,DL02,Läkare,\(doctor).00
      2019-06-14,,psychosocial,chat,,04,DP02,Psykolog,425.50
      2019-06-14,,other,chat,,04,DS02,Annan,\(other).00
      """
    return try Finance.rules(replacing: ["prices/national-digital.csv": text])
  }

  /// The news of one visit, in the order in which they happened.
  private static func news(_ visit: Int, _ chance: inout Seeded) -> [Facts] {
    (0..<Int.random(in: 1...4, using: &chance)).map { revision in
      var facts = Facts()
      facts.visit = "v\(visit)"
      facts.changedAt = "2026-10-\(10 + revision)T12:00:0\(visit % 10)+02:00"
      facts.status =
        ["finished", "finished", "finished", "cancelled"].randomElement(using: &chance) ?? "finished"
      (facts.county, facts.municipality) =
        [("01", "0180"), ("12", "1280"), ("20", "2080"), ("", "")].randomElement(using: &chance) ?? ("", "")
      facts.profession = ["LK", "PS", "SJ", ""].randomElement(using: &chance) ?? "LK"
      facts.fee = ["0.00", "100.00", "49.50"].randomElement(using: &chance) ?? "0.00"
      facts.begins = ["2026-09-28", "2026-10-05"].randomElement(using: &chance) ?? "2026-10-05"
      facts.isFeePaid = Bool.random(using: &chance)
      return facts
    }
  }

  private static func rightful(
    _ facts: Facts, _ answers: [Answer], _ cards: [Card], _ rules: BillingRules
  ) throws -> Money {
    let facts = known(facts, answers, cards)
    guard case .billed(let visit) = try Pricer(rules, try Finance.library()).price(facts.bytes).outcome else {
      return .zero
    }
    return visit.net
  }

  /// What is known of a visit after all of the register's answers: the last place before its end, and the newest word
  /// about protection.
  private static func known(_ facts: Facts, _ answers: [Answer], _ cards: [Card]) -> Facts {
    let newestCards = Dictionary(grouping: cards, by: \.id).values.compactMap { $0.max { $0.told < $1.told } }
    let card = newestCards.contains { $0.frees(facts) } ? #","hasFreeCard":true"# : ""
    guard let newest = answers.max(by: { $0.told < $1.told }) else {
      var facts = facts
      if !card.isEmpty { facts.register = #","register":{"isProtected":false\#(card)}"# }
      return facts
    }
    let held = answers.filter { $0.since <= facts.begins.prefix(10) }
      .max { ($0.since, $0.told) < ($1.since, $1.told) }
    var facts = facts
    if let held {
      facts.register =
        #","register":{"county":"\#(held.county)","municipality":"\#(held.municipality)","isProtected":\#(newest.isProtected)\#(card)}"#
    } else {
      facts.register = #","register":{"isProtected":\#(newest.isProtected)\#(card)}"#
    }
    return facts
  }

  /// Answers about the patient of all visits, each told at a time of its own.
  private static func answers(_ chance: inout Seeded) -> [Answer] {
    (0..<Int.random(in: 0...4, using: &chance)).map { number in
      var answer = Answer(told: 1_790_000_000_000 + Int64(number))
      (answer.county, answer.municipality) =
        [("01", "0180"), ("12", "1280"), ("20", "2080")].randomElement(using: &chance) ?? ("01", "0180")
      answer.since =
        ["2019-01-01", "2026-09-28", "2026-10-01", "2026-11-01"].randomElement(using: &chance) ?? ""
      answer.isProtected = Int.random(in: 0..<6, using: &chance) == 0
      return answer
    }
  }

  /// What is told of two free cards of that patient, each at a time of its own.
  private static func cards(_ chance: inout Seeded) -> [Card] {
    (0..<Int.random(in: 0...3, using: &chance)).map { number in
      var card = Card(id: "c\(number % 2)", told: 1_790_000_000_000 + Int64(number))
      card.from = ["", "2026-09-01", "2026-10-01T08:00:00"].randomElement(using: &chance) ?? ""
      card.until = ["", "2026-09-30", "2027-01-31T23:59:59"].randomElement(using: &chance) ?? ""
      return card
    }
  }

  /// What may come, in any order.
  private enum Arrival {
    case visit(Facts)
    case answer(Answer)
    case card(Card)
  }

  @Test(
    "Whatever happens in whatever order, each visit is billed its rightful price once", arguments: 1...24)
  func history(_ seed: UInt64) async throws {
    var chance = Seeded(seed: seed)
    var rules = try Self.rules(doctor: 500, other: 275)
    let visits = (0..<12).map { Self.news($0, &chance) }
    let answers = Self.answers(&chance)
    let cards = Self.cards(&chance)
    let ledger = try Ledger()
    // Arrival in any order, with replays; between them new prices and closings.
    var arrivals = visits.flatMap { $0 + ($0.randomElement(using: &chance).map { [$0] } ?? []) }
      .map { Arrival.visit($0) }
    arrivals += (answers + (answers.randomElement(using: &chance).map { [$0] } ?? [])).map { .answer($0) }
    arrivals += (cards + (cards.randomElement(using: &chance).map { [$0] } ?? [])).map { .card($0) }
    arrivals.shuffle(using: &chance)
    for arrival in arrivals {
      switch arrival {
      case .visit(let facts): try await ledger.tell(facts, by: rules)
      case .answer(let answer): try await ledger.tell(answer, by: rules)
      case .card(let card): try await ledger.tell(card, by: rules)
      }
      if Int.random(in: 0..<8, using: &chance) == 0 { try ledger.close(by: rules) }
      if Int.random(in: 0..<12, using: &chance) == 0 {
        rules = try Self.rules(
          doctor: Int.random(in: 450...550, using: &chance), other: Int.random(in: 200...300, using: &chance))
        _ = try VisitBilling(rules, try Finance.library(), ledger.store).priceAnew(now: 3)
      }
      if Int.random(in: 0..<20, using: &chance) == 0, let batch = try ledger.store.billingBatches().last {
        _ = try BatchReopener.reopen(batch.number, reason: .wrongPrice, now: 4, in: ledger.store)
      }
    }
    _ = try VisitBilling(rules, try Finance.library(), ledger.store).priceAnew(now: 5)
    try ledger.close(by: rules)
    for (index, news) in visits.enumerated() {
      let last = try #require(news.last)
      #expect(
        try ledger.net("v\(index)") == (try Self.rightful(last, answers, cards, rules)),
        "visit \(index), seed \(seed)")
    }
    try checkBatches(ledger)
    try checkPositions(ledger)
  }

  /// Numbers without gaps, totals of lines, each record in one batch, each debit credited at most once.
  private func checkBatches(_ ledger: Ledger) throws {
    let batches = try ledger.store.billingBatches()
    #expect(batches.map(\.number) == Array(1...Int64(max(1, batches.count))).prefix(batches.count).map { $0 })
    var seen: Set<Int64> = []
    for batch in batches {
      let lines = try ledger.store.billingLines(ofBatch: batch.number, after: 0, limit: 10_000)
      #expect(lines.map(\.line) == (1...Int64(lines.count)).map { $0 })
      #expect(lines.reduce(0) { $0 + $1.content.amount } == batch.amount)
      #expect(lines.allSatisfy { $0.content.kind == (batch.credits == nil ? .debit : .credit) })
      for line in lines {
        #expect(seen.insert(line.number).inserted)
        #expect(line.content.debtor == batch.debtor)
        guard let credited = line.credits else { continue }
        #expect(try ledger.store.billingRecord(credited)?.batch == batch.credits)
      }
    }
  }

  /// After closing, at most one debit of each visit stands and is not credited: the one that counts.
  private func checkPositions(_ ledger: Ledger) throws {
    for position in try ledger.store.billingPositions(after: "", limit: 1000) {
      let records = try ledger.store.billingRecords(ofVisit: position.record.visit)
      let credited = Set(records.compactMap(\.credits))
      let standing = records.filter {
        $0.content.kind == .debit && $0.batch != nil && !credited.contains($0.number)
      }
      #expect(
        standing.map(\.number) == (position.record.content.kind == .debit ? [position.record.number] : []))
    }
  }

  @Test("The same news in any order end at the same position", arguments: 1...10)
  func order(_ seed: UInt64) async throws {
    var chance = Seeded(seed: seed)
    let rules = try Self.rules(doctor: 500, other: 275)
    let arrivals =
      Self.news(1, &chance).map { Arrival.visit($0) } + Self.answers(&chance).map { .answer($0) }
      + Self.cards(&chance).map { .card($0) }
    var ends: [NewBillingRecord] = []
    for _ in 0..<4 {
      let ledger = try Ledger()
      for arrival in arrivals.shuffled(using: &chance) {
        switch arrival {
        case .visit(let facts): try await ledger.tell(facts, by: rules)
        case .answer(let answer): try await ledger.tell(answer, by: rules)
        case .card(let card): try await ledger.tell(card, by: rules)
        }
        if Bool.random(using: &chance) { try ledger.close(by: rules) }
      }
      let position = try #require(try ledger.store.billingPosition(ofVisit: "v1"))
      let end = position.record.content
      ends.append(
        NewBillingRecord(
          kind: end.kind, debtor: end.debtor, month: end.month, amount: end.amount, reason: end.reason,
          rules: end.rules, made: 0, body: end.body, facts: []))
    }
    #expect(ends.allSatisfy { $0 == ends.first })
  }

  @Test("A replay changes nothing, not even after closing")
  func replay() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    #expect(try await ledger.bill(Facts(), by: rules) != nil)
    #expect(try await ledger.bill(Facts(), by: rules) == nil)
    try ledger.close(by: rules)
    #expect(try await ledger.bill(Facts(), by: rules) == nil)
    #expect(try ledger.store.billingRecords(ofVisit: "v1").count == 1)
  }

  @Test("A correction after closing credits the line with its reason and bills anew")
  func correction() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.bill(Facts(), by: rules)
    try ledger.close(by: rules)
    var moved = Facts()
    moved.changedAt = "2026-11-03T12:00:00+01:00"
    (moved.county, moved.municipality) = ("12", "1280")
    try await ledger.bill(moved, by: rules)
    let report = try ledger.close("2026-11", on: "2026-11-05", by: rules)
    #expect(report.batches.map(\.debtor) == ["01", "12"])
    #expect(report.batches.map(\.credits) == [1, nil])
    let credit = try #require(try ledger.store.billingLines(ofBatch: 2, after: 0, limit: 9).first)
    #expect(credit.content.kind == .credit && credit.content.reason == "1" && credit.credits == 1)
    #expect(credit.content.amount == 40_000)
  }
}

struct ClosingTests {
  @Test("What was computed from what is no longer so is refused whole")
  func stale() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    let change = try #require(try await ledger.bill(Facts(), by: rules))
    let again = await ledger.change([change])
    #expect(throws: StoreError.stale) { try again.get() }
    var second = Facts()
    second.changedAt = "2026-10-06T12:00:00+02:00"
    second.fee = "50.00"
    let billing = VisitBilling(rules, try Finance.library(), ledger.store)
    let computed = try #require(try billing.change(of: second.bytes, now: 1))
    try ledger.close(by: rules)
    let result = await ledger.change([computed])
    #expect(throws: StoreError.stale) { try result.get() }
    #expect(try ledger.store.billingRecords(ofVisit: "v1").count == 1, "nothing of it was stored")
  }

  @Test("Numbers of batches have no gaps and none is used twice")
  func gapless() async throws {
    let ledger = try Ledger()
    try await ledger.bill(Facts(), by: try Finance.rules())
    func batch(_ number: Int64, _ records: [Int64]) -> NewBillingBatch {
      NewBillingBatch(
        number: number, claim: "c\(number)", debtor: "01", month: "2026-10", credits: nil, records: records,
        amount: 0, digest: "", issued: "2026-11-02", made: 1, terms: [])
    }
    for (number, records) in [(2, [1]), (1, [7]), (1, [1, 1])] as [(Int64, [Int64])] {
      let result = await ledger.close(batch(number, records))
      #expect(throws: StoreError.stale) { try result.get() }
    }
    #expect(try await ledger.close(batch(1, [1])).get() == ())
    #expect(try ledger.store.openBilling().isEmpty)
    let again = await ledger.close(batch(2, [1]))
    #expect(throws: StoreError.stale) { try again.get() }
  }

  @Test("A preview stores nothing and says what closing then does")
  func preview() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.bill(Facts(), by: rules)
    let preview = try ledger.close(by: rules, isPreview: true)
    #expect(try ledger.store.billingBatches().isEmpty)
    #expect(try ledger.close(by: rules) == preview)
    #expect(preview.batches.first?.claim == "ZVF23210001802611000001")
  }

  @Test("Claims that would be too large are split, each with its own number and total")
  func split() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    for number in 0..<10 {
      var facts = Facts()
      facts.visit = "v\(number)"
      try await ledger.bill(facts, by: rules)
    }
    let report = try ledger.close(by: rules, bytes: 12_000)
    #expect(report.batches.count > 1)
    #expect(report.batches.reduce(0) { $0 + $1.lines } == 10)
    let exports = BatchExports(rules, try Finance.library(), ledger.store)
    for batch in report.batches {
      #expect(try #require(try exports.file(.claim, of: batch.number)).count <= 12_000)
    }
    #expect(Set(report.batches.map(\.claim)).count == report.batches.count)
  }

  @Test("Pages that are closed side by side make the same batches as one after another, split or not")
  func sideBySide() async throws {
    let rules = try Finance.rules()
    func closed(bytes: Int) async throws -> (ClosingReport, [[UInt8]]) {
      let ledger = try Ledger()
      for number in 0..<40 {
        var facts = Facts()
        facts.visit = "v\(number)"
        (facts.county, facts.municipality) = [("01", "0180"), ("12", "1280")][number % 2]
        try await ledger.bill(facts, by: rules)
      }
      let report = try ledger.close(by: rules, lines: 7, bytes: bytes)
      let exports = BatchExports(rules, try Finance.library(), ledger.store)
      return (report, try report.batches.compactMap { try exports.file(.claim, of: $0.number) })
    }
    for bytes in [5_000_000, 12_000] {
      let (report, claims) = try await closed(bytes: bytes)
      #expect(report.batches.map(\.number) == Array(1...Int64(report.batches.count)))
      #expect(report.batches.reduce(0) { $0 + $1.lines } == 40 && report.leftOut.isEmpty)
      #expect(report.batches.map(\.debtor) == report.batches.map(\.debtor).sorted())
      for _ in 0..<3 {
        let (again, others) = try await closed(bytes: bytes)
        #expect(again == report && others == claims)
      }
    }
  }

  @Test("A visit of more than six months ago stays open and is told")
  func late() async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    try await ledger.bill(Facts(), by: rules)
    #expect(try ledger.close(on: "2027-04-05", by: rules, isPreview: true).leftOut.isEmpty)
    let report = try ledger.close(on: "2027-04-06", by: rules)
    #expect(report.batches.isEmpty && report.leftOut.map(\.check) == ["late"])
    #expect(try ledger.store.openBilling().count == 1)
  }

  @Test(
    "What the official rules let through stays out of batches",
    arguments: [
      (#""number":"191212121212""#, #""number":"191212121213""#, "person-number"),
      (#""number":"191212121212""#, #""number":"1212121212""#, "person-number"),
      (#""county":"01""#, #""county":"02""#, "county"), (#""county":"01""#, #""county":"20""#, "own-county"),
      (#""municipality":"0180""#, #""municipality":"1480""#, "municipality"),
      (#""gross":400.00"#, #""gross":-1.00"#, "amount"), (#""net":400.00"#, #""net":400,00"#, "unreadable"),
      (#""feePaid":100.00"#, #""feePaid":100.00,"reduction":"01""#, "free-card"),
      (#""date":"2026-10-05""#, #""date":"2026-12-05""#, "early"),
      (#""visit":"#, #""diagnoses":["J06"],"visit":"#, "diagnosis"),
    ])
  func ownChecks(_ old: String, _ new: String, _ check: String) async throws {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    let position = try #require(
      try VisitBilling(rules, try Finance.library(), ledger.store).change(of: Facts().bytes, now: 1))
    let record = try #require(position.record)
    let body = String(decoding: record.body, as: UTF8.self)
    #expect(body.contains(old))
    let wrong = NewBillingRecord(
      kind: .debit, debtor: record.debtor, month: record.month, amount: record.amount, reason: "", rules: "",
      made: 1, body: Array(body.replacing(old, with: new).utf8), facts: record.facts)
    let change = BillingChange(
      visit: "v1", expectedVersion: 0, previous: .none, record: wrong, revision: position.revision)
    try await ledger.change([change]).get()
    let report = try ledger.close(by: rules)
    #expect(report.batches.isEmpty && report.leftOut.map(\.check) == [check])
  }
}
