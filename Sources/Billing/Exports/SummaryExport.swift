import Store

/// A batch on one page of HTML, for a person to sign. No patient data.
struct SummaryExport {
  func bytes(_ batch: BatchDocument, _ records: RecordLines, digest: String) -> [UInt8] {
    let invoice = InvoiceDocument(batch, records)
    let kind = batch.isCredit ? "Kreditfaktura" : "Faktura"
    let rows = invoice.lines.map { line in
      "<tr><td>\(Self.escaped(line.code))</td><td>\(Self.escaped(line.name))</td><td>\(line.count)</td>"
        + "<td>\(line.price.text(point: ","))</td><td>\(line.fees.text(point: ","))</td><td>\(line.net.text(point: ","))</td></tr>"
    }
    let facts = [
      ("Underlag", batch.claim), (kind, batch.invoiceNumber), ("Fakturadatum", batch.issued.description),
      ("Förfaller", invoice.due.description), ("Besök", "\(invoice.from) – \(invoice.to)"),
      ("Säljare", "\(batch.seller.region.name), \(batch.seller.region.organisation)"),
      ("Köpare", "\(batch.buyer.name), \(batch.buyer.organisation)"),
      ("Krediterar", batch.credited?.claim ?? ""), ("Rader", String(batch.records.count)),
      ("Summa", invoice.total.text(point: ",") + " kr"), ("Kontrollsumma (SHA-256)", digest),
    ]
    let list = facts.filter { !$0.1.isEmpty }.map { "<dt>\($0.0)</dt><dd>\(Self.escaped($0.1))</dd>" }
    return Array(Self.page(kind, list.joined(separator: "\n"), rows.joined(separator: "\n")).utf8)
  }

  private static func page(_ kind: String, _ list: String, _ rows: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="sv">
    <meta charset="utf-8">
    <title>\(kind): sammanställning</title>
    <style>
    body { font: 11pt sans-serif; max-width: 18cm; margin: 1cm auto }
    dl { display: grid; grid-template-columns: max-content auto; gap: 2pt 12pt } dd { margin: 0; overflow-wrap: anywhere }
    table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #888; padding: 3pt; text-align: left }
    td:nth-child(n+3) { text-align: right } .sign { margin-top: 2cm; border-top: 1px solid; width: 8cm }
    </style>
    <h1>Utomlänsvård: \(kind.lowercased())</h1>
    <dl>
    \(list)
    </dl>
    <table>
    <tr><th>Produkt</th><th>Namn</th><th>Antal</th><th>Pris</th><th>Patientavgifter</th><th>Netto</th></tr>
    \(rows)
    </table>
    <p class="sign">Attesteras: datum och namn</p>
    </html>

    """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
