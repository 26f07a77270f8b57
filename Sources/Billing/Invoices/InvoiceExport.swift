import Diagnostics
import Mapping

/// Writes a batch's Peppol invoice or credit note, and refuses one that would tell of a patient or be wrong.
struct InvoiceExport {
  let library: MappingLibrary

  /// - Throws: a `DiagnosticError` with what is wrong with it.
  func xml(_ batch: BatchDocument, _ records: RecordLines) throws -> [UInt8] {
    let invoice = InvoiceDocument(batch, records)
    let place = Place(file: batch.invoiceNumber, line: 1, column: 1)
    func refuse(_ name: String, _ reason: String) -> DiagnosticError {
      DiagnosticError([Diagnostic(.billingCheck(name: name, reason: reason), at: place)])
    }
    guard invoice.total == batch.total else {
      throw refuse("total", "the invoice's total is not the claim's")
    }
    guard batch.issued <= invoice.due else { throw refuse("due", "the invoice is due before it is issued") }
    guard !invoice.lines.contains(where: { $0.net < .zero }) else {
      throw refuse("amount", "a line's amount is negative")
    }
    let target = batch.isCredit ? "billing/peppol-credit-note" : "billing/peppol-invoice"
    let xml = try DocumentTranslation(library, from: "billing/invoice", to: target).translate(
      invoice.bytes, named: batch.invoiceNumber)
    guard !holdsPatient(invoice) else {
      throw refuse("patient", "a personnummer stands in the invoice")
    }
    return xml
  }

  /// Free texts come from rules and price lists, where anybody may have written anything.
  private func holdsPatient(_ invoice: InvoiceDocument) -> Bool {
    let region = invoice.batch.buyer
    let seller = invoice.batch.seller
    let texts =
      invoice.lines.flatMap { [$0.name, $0.code] } + [
        region.name, region.reference, region.street, seller.contact, seller.email,
      ]
    return texts.contains(where: NumberChecks.holdsPersonNumber)
  }
}
