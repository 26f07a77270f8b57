/// An apostrophe before cells that a spreadsheet would take for formulas, so that opening a file executes
/// nothing.
///
/// Taking it off is exact: a cell that was written without one is read without loss, whatever it begins with.
enum CSVFormulaGuard {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  static let mark = UInt8(ascii: "'")

  /// Whether a cell is written behind an apostrophe: it begins, behind any apostrophes, with `=`, `+`, `-`,
  /// `@`, a tab or a line break, and is no number.
  static func isNeeded(_ cell: Bytes) -> Bool {
    guard let first = cell.first(where: { $0 != mark }) else { return false }
    return starts.contains(first) && !isNumber(cell)
  }

  /// Whether a cell that was read has an apostrophe that was put there.
  static func isThere(_ cell: Bytes) -> Bool {
    cell.first == mark && isNeeded(Bytes(rebasing: cell.dropFirst()))
  }

  private static let starts = Array("=+-@\t\r\n".utf8)

  /// `-12,50` is no formula, and must stay a number in the spreadsheet.
  private static func isNumber(_ cell: Bytes) -> Bool {
    guard let first = cell.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
      return false
    }
    let parts = cell.dropFirst().split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".")
    }
    return parts.count <= 2
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } }
  }
}
