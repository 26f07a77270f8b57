import Store

/// A batch's invoice or credit note as the document `billing/invoice`: sums by product, and nothing of any patient.
struct InvoiceDocument {
  /// The visits that cost the same.
  struct Line: Hashable {
    let code: String
    let name: String
    let price: Money
    var count: Int64 = 0
    var fees = Money.zero
    var net: Money { price * count - fees }
  }

  let batch: BatchDocument
  let lines: [Line]
  let from: CalendarDay
  let to: CalendarDay

  init(_ batch: BatchDocument, _ records: RecordLines) {
    self.batch = batch
    let sums = ProductSums(records)
    lines = sums.lines
    from = sums.first ?? batch.issued
    to = sums.last ?? batch.issued
  }

  var due: CalendarDay { batch.issued.adding(days: batch.terms.paymentDays) }
  var total: Money { lines.reduce(.zero) { $0 + $1.net } }

  var bytes: [UInt8] {
    let seller = batch.seller
    var object = JSONObjectText()
    object.add("number", batch.invoiceNumber)
    object.add("issued", batch.issued.description)
    object.add("due", due.description)
    object.add("claim", batch.claim)
    object.add("creditedInvoice", batch.credited.map { "\(batch.terms.series)\($0.number)" } ?? "")
    object.add("note", "Utomlänsvård. Underlag \(batch.claim) sänds separat.")
    object.add("reference", batch.buyer.reference.isEmpty ? "Utomlänsvård" : batch.buyer.reference)
    object.add("terms", "\(batch.terms.paymentDays) dagar netto")
    object.add("bankgiro", seller.bankgiro)
    object.add("vat", seller.vat)
    object.add("vatExemption", batch.terms.vatExemption)
    object.add("contact", seller.contact)
    object.add("telephone", seller.telephone)
    object.add("email", seller.email)
    object.add("total", total)
    object.add("from", from.description)
    object.add("to", to.description)
    object.add("seller", json: Self.party(seller.region))
    object.add("buyer", json: Self.party(batch.buyer))
    object.add("lines", json: "[\(lines.enumerated().map { Self.line($0 + 1, $1) }.joined(separator: ","))]")
    return object.bytes
  }

  private static func party(_ region: Region) -> String {
    let endpoint = region.endpoint.split(separator: ":").map(String.init)
    var party = JSONObjectText()
    party.add("name", region.name)
    party.add("organisation", region.organisation)
    party.add("scheme", endpoint.first ?? "")
    party.add("endpoint", endpoint.last ?? "")
    party.add("street", region.street)
    party.add("postalCode", region.postalCode)
    party.add("city", region.city)
    return party.closed
  }

  private static func line(_ number: Int, _ line: Line) -> String {
    var object = JSONObjectText()
    object.add("line", json: String(number))
    object.add("code", line.code)
    object.add("name", line.name)
    object.add("quantity", json: String(line.count))
    object.add("price", line.price)
    if line.fees > .zero { object.add("fees", line.fees) }
    object.add("net", line.net)
    return object.closed
  }
}
