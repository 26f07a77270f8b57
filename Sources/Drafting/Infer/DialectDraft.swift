import Documents

/// What a shape says of the dialect that an example shows.
enum DialectDraft {
  /// The keys and words as a shape writes them; what goes without saying is left out.
  static func words(_ dialect: CSVDialect) -> [(key: String, word: String)] {
    let usual = CSVDialect()
    var words: [(key: String, word: String)] = []
    if let separator = dialect.separator, separator != UInt8(ascii: ",") {
      words.append(("separator", separator == 9 ? "tab" : "\"\(Unicode.Scalar(separator))\""))
    }
    if dialect.encoding != usual.encoding { words.append(("encoding", dialect.encoding.rawValue)) }
    if dialect.quotes != usual.quotes { words.append(("quotes", dialect.quotes.rawValue)) }
    if dialect.lines != usual.lines { words.append(("lines", dialect.lines.rawValue)) }
    return words
  }
}
