import Diagnostics
import Documents

/// Asks a header for the columns of its shape, so that one mistake in it is told once and not for every row.
struct CSVHeaderCheck {
  struct Cell {
    let name: NameID
    let offset: Int
  }

  private let table: CSVTable
  private let separator: UInt8

  init(_ table: CSVTable, _ separator: UInt8) {
    self.table = table
    self.separator = separator
  }

  func check(_ header: [Cell], in forest: borrowing Forest) throws(ReadFault) {
    guard !table.columns.isEmpty else { return }
    let found = Set(header.map(\.name))
    let missing = table.columns.filter { $0.isRequired && !found.contains($0.name) }
    guard missing.isEmpty else { throw self.missing(missing, header, forest) }
    try checkOnce(header, forest)
    guard table.isClosed else { return }
    let known = Set(table.columns.map(\.name))
    if let unknown = header.first(where: { !known.contains($0.name) }) { throw self.unknown(unknown, forest) }
  }

  private func checkOnce(_ header: [Cell], _ forest: borrowing Forest) throws(ReadFault) {
    let single = Set(table.columns.filter { !$0.repeats }.map(\.name))
    var seen: Set<NameID> = []
    for cell in header where single.contains(cell.name) && !seen.insert(cell.name).inserted {
      throw ReadFault(problem: .repeatedField(path: name(cell.name, forest)), offset: cell.offset)
    }
  }

  private func missing(_ columns: [CSVTable.Column], _ header: [Cell], _ forest: borrowing Forest)
    -> ReadFault
  {
    var names: [String] = []
    for column in columns { names.append(name(column.name, forest)) }
    let problem = Problem.missingColumns(
      names: names, found: header.count,
      separator: separator == 9 ? "a tab" : "`\(Unicode.Scalar(separator))`",
      shape: table.shape)
    return ReadFault(problem: problem, offset: header.first?.offset ?? 0)
  }

  /// A name that no shape knows is not told: a table without a header begins with somebody's data.
  private func unknown(_ cell: Cell, _ forest: borrowing Forest) -> ReadFault {
    let written = name(cell.name, forest)
    var names: [String] = []
    for column in table.columns { names.append(name(column.name, forest)) }
    return ReadFault(
      problem: .unknownField(path: "…", shape: table.shape, near: NearNames.of(written, among: names)),
      offset: cell.offset)
  }

  private func name(_ id: NameID, _ forest: borrowing Forest) -> String {
    String(decoding: forest.localName(id), as: UTF8.self)
  }
}
