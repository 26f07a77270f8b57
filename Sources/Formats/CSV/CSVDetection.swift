public import Documents

extension CSVDialect {
  /// What may stand between cells, the likelier first: a comma is also part of names and numbers.
  static let separators: [UInt8] = [
    UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|"),
  ]

  /// The dialect that a document shows, for those who draft a shape from it: text that is not UTF-8 is taken
  /// for Windows-1252.
  public static func detected(in bytes: [UInt8]) -> CSVDialect {
    var dialect = CSVDialect()
    bytes.withUnsafeBufferPointer { input in
      let mark = CSVReader.markLength(input)
      let text = UnsafeBufferPointer(rebasing: input[mark...])
      let isUTF8 = UTF8Validation.firstFault(in: text) == nil
      dialect.encoding = mark > 0 ? .utf8WithMark : isUTF8 ? .utf8 : .windows1252
      let hint = CSVReader.hint(text)
      let header = UnsafeBufferPointer(rebasing: text[(hint?.length ?? 0)...])
      dialect.separator = hint?.separator ?? separator(ofHeader: header)
      dialect.quotes = header.first == UInt8(ascii: "\"") ? .all : .needed
      let lineFeed = text.firstIndex(of: UInt8(ascii: "\n"))
      dialect.lines = lineFeed.map { $0 > 0 && text[$0 - 1] == UInt8(ascii: "\r") } ?? true ? .crlf : .lf
    }
    return dialect
  }

  /// What stands most often between the cells of the first line; a comma where nothing does.
  static func separator(ofHeader text: UnsafeBufferPointer<UInt8>) -> UInt8 {
    var counts = separators.map { _ in 0 }
    var isQuoted = false
    for byte in text {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if let index = separators.firstIndex(of: byte) { counts[index] += 1 }
    }
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else {
      return UInt8(ascii: ",")
    }
    return separators[index]
  }
}
