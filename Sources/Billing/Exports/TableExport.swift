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
  func bytes(_ batch: BatchDocument, _ records: RecordLines) throws -> [UInt8] {
    let cells = columns.map { Cell($0, batch, records) }
    return try records.withForest { forest in
      let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
      let row = forest.intern(CSVTable.row)
      let headings = columns.map { forest.intern($0.heading) }
      for line in 0..<records.count {
        let node = forest.open(.object, name: row, offset: 0)
        for (cell, heading) in zip(cells, headings) {
          forest.leaf(.string, name: heading, text: text(cell, line, batch, &forest), offset: 0)
        }
        forest.close(node)
      }
      forest.close(root)
      return try CSVWriter(table).bytes(root, of: forest)
    }
  }

  /// What stands in a column.
  private enum Cell {
    /// The same in all rows.
    case same(String)
    /// The line's number in the batch.
    case line
    /// The debtor.
    case debtor
    /// A field of each line, as it is or as an amount.
    case field([TextRange])
    case amount([Money?], [TextRange])

    init(_ column: ExportColumn, _ batch: BatchDocument, _ records: RecordLines) {
      let path = records.path(column.path)
      func fields() -> [TextRange] { (0..<records.count).map { records.range($0, path) } }
      switch column.path {
      case "claim": self = .same(batch.claim)
      case "number": self = .same(String(batch.number))
      case "invoice": self = .same(batch.invoiceNumber)
      case "issued": self = .same(batch.issued.description)
      case "kind": self = .same(batch.isCredit ? "kredit" : "debet")
      case "debtor": self = .debtor
      case "line": self = .line
      case "net" where batch.isCredit:
        self = .amount((0..<records.count).map { -(records.money($0, path) ?? .zero) }, [])
      case "net", "gross", "feePaid", "product.price":
        self = .amount((0..<records.count).map { records.money($0, path) }, fields())
      default: self = .field(fields())
      }
    }
  }

  private func text(
    _ cell: Cell, _ line: Int, _ batch: BatchDocument, _ forest: inout Forest
  ) -> TextRange {
    switch cell {
    case .same(let text): forest.append(text)
    case .line: forest.append(String(line + 1))
    case .debtor: forest.append(batch.records[line].content.debtor)
    case .field(let ranges): ranges[line]
    case .amount(let amounts, let ranges):
      amounts[line].map { forest.append($0.text(point: dialect == .swedishExcel ? "," : ".")) }
        ?? ranges[line]
    }
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
}
