import Documents
import Formats
import Store

/// A batch as a table, one row for each line.
struct TableExport {
  /// How tables are written.
  enum Dialect {
    /// For Excel in Swedish: semicolons, decimal commas, UTF-8 with a mark, no cell that Excel would run.
    case swedishExcel
    /// RFC 4180, decimal points.
    case rfc4180
  }

  let columns: [ExportColumn]
  let dialect: Dialect

  /// - Throws: a `WritingFault`, which UTF-8 never has.
  func bytes(_ batch: BatchDocument) throws -> [UInt8] {
    var forest = Forest(names: NameTableBuilder().build())
    let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
    let row = forest.intern(CSVTable.row)
    let headings = columns.map { forest.intern($0.heading) }
    for (index, record) in batch.records.enumerated() {
      let line = RecordLine(record.content.body)
      let node = forest.open(.object, name: row, offset: 0)
      for (column, heading) in zip(columns, headings) {
        let text = forest.append(text(column.path, line, index + 1, record, batch))
        forest.leaf(.string, name: heading, text: text, offset: 0)
      }
      forest.close(node)
    }
    forest.close(root)
    return try CSVWriter(table).bytes(root, of: forest)
  }

  private var table: CSVTable {
    var table = CSVTable()
    table.dialect.guardsFormulas = true
    if dialect == .swedishExcel {
      table.dialect.separator = UInt8(ascii: ";")
      table.dialect.encoding = .utf8WithMark
    } else {
      table.dialect.separator = UInt8(ascii: ",")
    }
    return table
  }

  private func text(
    _ path: String, _ line: RecordLine, _ number: Int, _ record: StoredBillingRecord, _ batch: BatchDocument
  ) -> String {
    switch path {
    case "claim": return batch.claim
    case "number": return String(batch.number)
    case "invoice": return batch.invoiceNumber
    case "issued": return batch.issued.description
    case "debtor": return record.content.debtor
    case "line": return String(number)
    case "kind": return batch.isCredit ? "kredit" : "debet"
    case "net" where batch.isCredit: return amount(-line.net)
    default:
      let text = line.text(path)
      return Self.amounts.contains(path) ? Money(text).map(amount) ?? text : text
    }
  }

  private static let amounts: Set<String> = ["net", "gross", "feePaid", "product.price"]

  private func amount(_ money: Money) -> String { money.text(point: dialect == .swedishExcel ? "," : ".") }
}
