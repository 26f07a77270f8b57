import Diagnostics
import Documents
import YAML

/// Reads `dialect` of a CSV shape.
struct DialectReader {
  private(set) var dialect = CSVDialect()
  private(set) var diagnostics: [Diagnostic] = []
  private var reader: KeyReader

  init(_ node: YAMLNode) throws(Diagnostic) {
    reader = try KeyReader(node, DialectKeys.table)
    readSeparator()
    dialect.encoding = word("encoding") ?? dialect.encoding
    dialect.quotes = word("quotes") ?? dialect.quotes
    dialect.lines = word("lines") ?? dialect.lines
    dialect.guardsFormulas = word("formulas", among: ["plain", "guarded"]) == "guarded"
    diagnostics += reader.diagnostics
  }

  private mutating func readSeparator() {
    guard let node = reader["separator"] else { return }
    let text = node.text == "tab" ? "\t" : node.text ?? ""
    if let byte = text.utf8.first, text.utf8.count == 1, byte >= 0x20 || byte == 9, byte != 0x22 {
      dialect.separator = byte
    } else {
      refuse("separator", "one character of ASCII other than a quote, or `tab`", node)
    }
  }

  private mutating func word<Word: CaseIterable & RawRepresentable<String>>(_ key: String) -> Word? {
    word(key, among: Word.allCases.map(\.rawValue)).flatMap(Word.init)
  }

  private mutating func word(_ key: String, among words: [String]) -> String? {
    guard let node = reader[key] else { return nil }
    if let text = node.text, words.contains(text) { return text }
    refuse(key, words.joined(separator: " or "), node)
    return nil
  }

  private mutating func refuse(_ key: String, _ form: String, _ node: YAMLNode) {
    diagnostics.append(Diagnostic(.expectedForm(what: "`\(key)`", form: form), at: node.place))
  }
}
