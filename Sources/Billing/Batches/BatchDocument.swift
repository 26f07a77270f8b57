import Store

/// A batch as the document `billing/claim`: what exports are made of.
struct BatchDocument {
  /// `ZVF…`
  let claim: String
  let number: Int64
  let issued: CalendarDay
  let terms: BatchTerms
  /// The claim that is credited; nil for debits.
  let credited: StoredBillingBatch?
  /// In the order of their lines.
  let records: [StoredBillingRecord]
  /// The lines that credits are about, by the number of the credited record.
  let creditedLines: [Int64: Int64]

  var isCredit: Bool { credited != nil }
  var total: Money { records.reduce(.zero) { $0 + Money(öre: $1.content.amount) } }

  /// The claim's id: ZVF, the seller's organisation number, ÅÅMM of the issue, and the batch's number (R37).
  static func claimID(_ seller: Region, _ issued: CalendarDay, _ batch: Int64) -> String {
    let month = issued.number / 100 % 10_000
    return "ZVF\(seller.organisation)\(digits(Int64(month), 4))\(digits(batch % 1_000_000, 6))"
  }

  private static func digits(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  var seller: BillingRules.Seller { terms.seller }
  var buyer: Region { terms.buyer }
  /// The invoice's number.
  var invoiceNumber: String { "\(terms.series)\(number)" }

  /// The whole document.
  var bytes: [UInt8] {
    var header = JSONObjectText()
    header.add("id", claim)
    header.add("issued", issued.description)
    header.add("kind", isCredit ? "381" : "380")
    header.add("credits", credited?.claim ?? "")
    header.add("total", total)
    header.add("seller", json: party(seller.region, seller.contact, seller.telephone, seller.email))
    header.add("buyer", json: party(buyer, "", "", ""))
    var bytes = Array(header.text.utf8) + Array(#","lines":["#.utf8)
    for (index, record) in records.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += line(index + 1, record)
    }
    return bytes + Array("]}".utf8)
  }

  /// The record's own bytes, behind the number of its line.
  func line(_ number: Int, _ record: StoredBillingRecord) -> [UInt8] {
    var head = JSONObjectText()
    head.add("line", json: String(number))
    if let credited = record.credits, let line = creditedLines[credited] {
      head.add("creditedLine", json: String(line))
      head.add("creditReason", record.content.reason)
    }
    return Array(head.text.utf8) + [UInt8(ascii: ",")] + record.content.body.dropFirst()
  }

  private func party(_ region: Region, _ contact: String, _ telephone: String, _ email: String) -> String {
    var party = JSONObjectText()
    party.add("organisation", region.organisation)
    party.add("gln", region.gln)
    party.add("contact", contact)
    party.add("telephone", telephone)
    party.add("email", email)
    return party.closed
  }
}
