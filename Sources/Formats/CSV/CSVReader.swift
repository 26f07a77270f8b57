public import Diagnostics
public import Documents

/// Reads CSV (RFC 4180) with a header into the neutral tree: an object with a `row` for each line, whose
/// members are the cells by their columns' names.
///
/// Spaces around a cell are kept, an empty cell is an empty text, which counts as absent whether it has
/// quotes or not. Lines in which nothing stands are passed over, as is Excel's `sep=;` in the first.
public struct CSVReader: Sendable {
  /// The size that is accepted; tables have no depth.
  public var limits: ReadingLimits
  private let table: CSVTable

  /// A reader with limits.
  /// - Parameter table: what is known of the table.
  public init(_ table: CSVTable = CSVTable(), limits: ReadingLimits = ReadingLimits()) {
    self.table = table
    self.limits = limits
  }

  /// Reads one document and returns its root.
  /// - Parameters:
  ///   - bytes: the whole document in the table's encoding; one with a byte order mark is UTF-8.
  ///   - file: the name that diagnostics give to the place.
  ///   - forest: receives the tree; after an error what was added is taken back.
  public func read(_ bytes: [UInt8], named file: String, into forest: inout Forest) throws(Diagnostic)
    -> NodeID
  {
    try limits.read(bytes, named: file, into: &forest) { input, forest throws(ReadFault) in
      try read(input, into: &forest)
    }
  }

  private func read(_ input: UnsafeBufferPointer<UInt8>, into forest: inout Forest) throws(ReadFault) {
    let mark = Self.markLength(input)
    let isUTF8 = mark > 0 || table.dialect.encoding != .windows1252
    if isUTF8, let fault = UTF8Validation.firstFault(in: input) {
      throw ReadFault(problem: .notUTF8, offset: fault)
    }
    let text = UnsafeBufferPointer(rebasing: input[mark...])
    let hint = Self.hint(text)
    let start = mark + (hint?.length ?? 0)
    let header = UnsafeBufferPointer(rebasing: input[start...])
    let separator = hint?.separator ?? table.dialect.separator ?? CSVDialect.separator(ofHeader: header)
    let base = forest.text.count
    if isUTF8 { forest.text.append(input) }
    var parser = CSVParser(
      input: input, at: start, separator: separator, textBase: isUTF8 ? base : nil,
      guardsFormulas: table.dialect.guardsFormulas)
    try parser.document(table, into: &forest)
  }

  /// How many bytes of UTF-8's byte order mark stand first.
  static func markLength(_ input: UnsafeBufferPointer<UInt8>) -> Int {
    input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The line `sep=;` by which Excel is told the separator.
  static func hint(_ text: UnsafeBufferPointer<UInt8>) -> (separator: UInt8, length: Int)? {
    guard text.count > 5, text.starts(with: "sep=".utf8), text[4] < 0x80 else { return nil }
    let end = text[5...]
    if end.starts(with: "\r\n".utf8) { return (text[4], 7) }
    return end.first == UInt8(ascii: "\n") ? (text[4], 6) : nil
  }
}
