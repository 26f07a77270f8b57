import Diagnostics
import Documents

/// One pass over the bytes of a table.
struct CSVParser {
  let input: UnsafeBufferPointer<UInt8>
  var at: Int
  let separator: UInt8
  /// Where the input lies in the forest's text; `nil` for Windows-1252, whose cells are brought to UTF-8 one
  /// by one.
  let textBase: Int?
  let guardsFormulas: Bool

  mutating func document(_ table: CSVTable, into forest: inout Forest) throws(ReadFault) {
    while at < input.count, isLineEnd(input[at]) { at += 1 }
    guard at < input.count else { throw ReadFault(problem: .inputEmpty, offset: at) }
    let header = try header(into: &forest)
    try CSVHeaderCheck(table, separator).check(header, in: forest)
    let columns = header.map(\.name)
    let row = forest.intern(CSVTable.row)
    let root = forest.open(.object, name: NameTable.unnamed, offset: 0)
    var number = 1
    while at < input.count {
      number += 1
      try self.row(number, columns, named: row, into: &forest)
    }
    forest.close(root)
  }

  private mutating func header(into forest: inout Forest) throws(ReadFault) -> [CSVHeaderCheck.Cell] {
    var cells: [CSVHeaderCheck.Cell] = []
    repeat {
      let offset = at
      let text = Array(forest.string(try cell(into: &forest)).utf8)
      cells.append(.init(name: text.withUnsafeBufferPointer { forest.intern($0) }, offset: offset))
    } while takeSeparator()
    takeLineEnd()
    return cells
  }

  private mutating func row(
    _ number: Int, _ columns: [NameID], named name: NameID, into forest: inout Forest
  ) throws(ReadFault) {
    let start = at
    let row = forest.open(.object, name: name, offset: UInt32(truncatingIfNeeded: start))
    var (count, isFilled) = (0, false)
    repeat {
      let offset = at
      let text = try cell(into: &forest)
      if text.length > 0 { isFilled = true }
      if count < columns.count {
        forest.leaf(.string, name: columns[count], text: text, offset: UInt32(truncatingIfNeeded: offset))
      }
      count += 1
    } while takeSeparator()
    takeLineEnd()
    guard isFilled else { return forest.truncate(to: row) }
    guard count == columns.count else {
      throw ReadFault(problem: .raggedRow(row: number, cells: count, columns: columns.count), offset: start)
    }
    forest.close(row)
  }
}

// MARK: Cells

extension CSVParser {
  private mutating func cell(into forest: inout Forest) throws(ReadFault) -> TextRange {
    let isQuoted = at < input.count && input[at] == UInt8(ascii: "\"")
    let text = isQuoted ? try quoted(into: &forest) : try plain(into: &forest)
    guard guardsFormulas, text.length > 0 else { return text }
    let isThere = forest.text.withElements {
      CSVFormulaGuard.isThere(UnsafeBufferPointer(rebasing: $0[text.indices]))
    }
    return isThere ? TextRange(start: Int(text.start) + 1, length: Int(text.length) - 1) : text
  }

  @inline(__always)
  private mutating func plain(into forest: inout Forest) throws(ReadFault) -> TextRange {
    let start = at
    while at < input.count, input[at] != separator, !isLineEnd(input[at]) { at += 1 }
    return try text(start..<at, into: &forest)
  }

  private mutating func quoted(into forest: inout Forest) throws(ReadFault) -> TextRange {
    let open = at
    at += 1
    var runs: [Range<Int>] = []
    while true {
      let start = at
      while at < input.count, input[at] != UInt8(ascii: "\"") { at += 1 }
      guard at < input.count else {
        throw ReadFault(
          problem: .csvSyntax(expected: "the quote that opens here is never closed"), offset: open)
      }
      at += 1
      let isDoubled = at < input.count && input[at] == UInt8(ascii: "\"")
      runs.append(start..<(isDoubled ? at : at - 1))
      guard isDoubled else { break }
      at += 1
    }
    guard at == input.count || input[at] == separator || isLineEnd(input[at]) else {
      let expected = "expected the separator or the line's end behind the closing quote"
      throw ReadFault(problem: .csvSyntax(expected: expected), offset: at)
    }
    return runs.count == 1 ? try text(runs[0], into: &forest) : try joined(runs, into: &forest)
  }

  /// A cell with doubled quotes: each run ends with one of the two.
  private mutating func joined(_ runs: [Range<Int>], into forest: inout Forest) throws(ReadFault) -> TextRange
  {
    let start = forest.text.count
    for run in runs { try append(run, to: &forest) }
    return TextRange(start: start, length: forest.text.count - start)
  }

  @inline(__always)
  private func text(_ range: Range<Int>, into forest: inout Forest) throws(ReadFault) -> TextRange {
    if let textBase { return TextRange(start: textBase + range.lowerBound, length: range.count) }
    let start = forest.text.count
    try append(range, to: &forest)
    return TextRange(start: start, length: forest.text.count - start)
  }

  private func append(_ range: Range<Int>, to forest: inout Forest) throws(ReadFault) {
    guard textBase == nil else {
      return forest.text.append(UnsafeBufferPointer(rebasing: input[range]))
    }
    for index in range {
      guard input[index] >= 0x80 else {
        forest.text.append(input[index])
        continue
      }
      guard let scalar = Windows1252.scalar(input[index]), let encoded = UTF8.encode(scalar) else {
        throw ReadFault(
          problem: .csvSyntax(expected: "Windows-1252 has no character for this byte"), offset: index)
      }
      for byte in encoded { forest.text.append(byte) }
    }
  }
}

// MARK: Small steps

extension CSVParser {
  @inline(__always)
  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  @inline(__always)
  private mutating func takeSeparator() -> Bool {
    guard at < input.count, input[at] == separator else { return false }
    at += 1
    return true
  }

  private mutating func takeLineEnd() {
    guard at < input.count else { return }
    let isReturn = input[at] == UInt8(ascii: "\r")
    at += 1
    if isReturn, at < input.count, input[at] == UInt8(ascii: "\n") { at += 1 }
  }
}
