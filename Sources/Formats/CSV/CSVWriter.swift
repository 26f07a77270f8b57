import Diagnostics
public import Documents

/// Writes a table as CSV in its dialect: what ``CSVReader`` reads back is the same tree, but for rows in
/// which nothing stands.
public struct CSVWriter: Sendable {
  private let table: CSVTable
  private let dialect: CSVDialect
  private let separator: UInt8

  /// A writer of tables of a shape.
  public init(_ table: CSVTable = CSVTable()) {
    self.table = table
    dialect = table.dialect
    separator = dialect.separator ?? UInt8(ascii: ",")
  }

  /// Appends one document.
  public func write(
    _ root: NodeID, of forest: borrowing Forest, to out: inout Arena<UInt8>
  ) throws(WritingFault) {
    let rows = forest[root].kind == .object ? forest.children(root) : []
    let columns = CSVColumns(table, rows: rows, of: forest)
    if dialect.encoding == .utf8WithMark { for byte: UInt8 in [0xEF, 0xBB, 0xBF] { out.append(byte) } }
    try header(columns.names, forest, &out)
    var cells = [NodeID](repeating: -1, count: columns.names.count)
    for row in rows where forest[row].kind == .object {
      columns.place(row, forest, in: &cells)
      for (index, cell) in cells.enumerated() {
        if index > 0 { out.append(separator) }
        try write(cell, under: columns.names[index], forest, &out)
      }
      endLine(&out)
    }
  }

  /// One document as bytes.
  public func bytes(_ root: NodeID, of forest: borrowing Forest) throws(WritingFault) -> [UInt8] {
    var out = Arena<UInt8>(capacity: 4096)
    try write(root, of: forest, to: &out)
    return out.withElements { Array($0) }
  }

  private func header(
    _ names: [NameID], _ forest: borrowing Forest, _ out: inout Arena<UInt8>
  ) throws(WritingFault) {
    for (index, name) in names.enumerated() {
      if index > 0 { out.append(separator) }
      let local = forest.localName(name)
      let isWritten = local.withUnsafeBufferPointer { write($0, isFirst: index == 0, &out) }
      guard isWritten else { throw fault(name, at: 0, forest) }
    }
    endLine(&out)
  }

  /// A cell; nothing where there is none, or no value.
  private func write(
    _ cell: NodeID, under column: NameID, _ forest: borrowing Forest, _ out: inout Arena<UInt8>
  ) throws(WritingFault) {
    let range = cell < 0 ? .empty : forest[cell].text
    let isWritten = forest.text.withElements {
      write(UnsafeBufferPointer(rebasing: $0[range.indices]), isFirst: false, &out)
    }
    guard isWritten else { throw fault(column, at: forest[cell].offset, forest) }
  }

  private func fault(_ column: NameID, at offset: UInt32, _ forest: borrowing Forest) -> WritingFault {
    let name = forest.isForeign(column) ? "…" : String(decoding: forest.localName(column), as: UTF8.self)
    return WritingFault(
      problem: .notInEncoding(path: name, encoding: dialect.encoding.rawValue), offset: offset)
  }

  private func endLine(_ out: inout Arena<UInt8>) {
    if dialect.lines == .crlf { out.append(UInt8(ascii: "\r")) }
    out.append(UInt8(ascii: "\n"))
  }
}

// MARK: Text

extension CSVWriter {
  /// `false` when the encoding lacks a character.
  private func write(
    _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, _ out: inout Arena<UInt8>
  ) -> Bool {
    let isQuoted = dialect.quotes == .all || needsQuotes(text, isFirst: isFirst)
    if isQuoted { out.append(UInt8(ascii: "\"")) }
    if dialect.guardsFormulas, CSVFormulaGuard.isNeeded(text) { out.append(CSVFormulaGuard.mark) }
    let isWritten = dialect.encoding == .windows1252 ? encode(text, &out) : append(text, &out)
    if isQuoted { out.append(UInt8(ascii: "\"")) }
    return isWritten
  }

  /// Where the dialect names no separator a reader looks for one, hence none may stand bare. The first cell
  /// must not begin like a byte order mark or Excel's `sep=`.
  private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>, isFirst: Bool) -> Bool {
    if isFirst, text.first == 0xEF || text.starts(with: "sep=".utf8) { return true }
    for byte in text where byte < 0x80 {
      if byte == separator || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
      {
        return true
      }
      if dialect.separator == nil, CSVDialect.separators.contains(byte) { return true }
    }
    return false
  }

  private func append(_ text: UnsafeBufferPointer<UInt8>, _ out: inout Arena<UInt8>) -> Bool {
    var rest = text[...]
    while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
      out.append(UnsafeBufferPointer(rebasing: rest[...quote]))
      out.append(UInt8(ascii: "\""))
      rest = rest[(quote + 1)...]
    }
    out.append(UnsafeBufferPointer(rebasing: rest))
    return true
  }

  private func encode(_ text: UnsafeBufferPointer<UInt8>, _ out: inout Arena<UInt8>) -> Bool {
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      guard let byte = Windows1252.byte(scalar) else { return false }
      out.append(byte)
      if byte == UInt8(ascii: "\"") { out.append(byte) }
    }
    return true
  }
}
