import Diagnostics
import Documents
import Formats

/// A document `billing/visit` and where its facts stand: read in one pass, without a tree.
///
/// What the pass does not know for certain to be JSON as our own writer has it (blanks, escapes, anything wrong) is
/// read by ``JSONReader``, written plainly, and scanned then.
struct FactDocument: ~Copyable {
  struct Value: BitwiseCopyable {
    var start, end: Int32
  }

  private(set) var table: FactTable
  /// The document.
  private(set) var text = Arena<UInt8>(capacity: 1024)
  private var values: Arena<Value>
  private var at = 0
  /// Whether escapes stand in texts.
  private(set) var isEscaped = false
  private var allowsEscapes = false

  init(_ paths: [String]) {
    table = FactTable(paths)
    values = Arena(capacity: table.count)
    values.append(repeating: Value(start: 0, end: 0), count: table.count)
  }

  /// Reads another document; one that is no object has no facts.
  /// - Throws: what makes it unreadable.
  mutating func read(_ document: [UInt8]) throws(Diagnostic) {
    if scan(document, allowsEscapes: false) { return }
    var forest = Forest(names: RecordLines.names, reserving: document.count)
    let root = try JSONReader().read(document, named: "visit", into: &forest)
    if !scan(JSONWriter(names: forest.names).bytes(root, of: forest), allowsEscapes: true) { forget() }
  }

  // MARK: facts

  /// Where the value of a fact stands, with a text's quotes; empty where the document tells it not.
  subscript(fact: Int) -> Range<Int> {
    let value = values[fact]
    return Int(value.start)..<Int(value.end)
  }

  /// Where the text of a fact stands, without quotes.
  subscript(fact: Fact) -> Range<Int> {
    let value = self[fact.rawValue]
    guard !value.isEmpty, text[value.lowerBound] == UInt8(ascii: "\"") else { return value }
    return value.lowerBound + 1..<value.upperBound - 1
  }

  /// A fact as a string.
  func string(_ fact: Fact) -> String {
    guard isEscaped else { return string(self[fact]) }
    var forest = Forest(names: RecordLines.names)
    let value = self[fact.rawValue]
    let bytes = text.withElements { Array($0[value]) }
    guard let root = try? JSONReader().read(bytes, named: "fact", into: &forest) else { return "" }
    return forest.string(root)
  }

  func string(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : text.withElements { String(decoding: $0[range], as: UTF8.self) }
  }

  /// Whether a fact is `true`.
  func isTrue(_ fact: Fact) -> Bool {
    let value = self[fact.rawValue]
    return value.count == 4 && text[value.lowerBound] == UInt8(ascii: "t")
  }

  /// A fact that is a day.
  func day(_ fact: Int) -> CalendarDay? {
    let value = self[fact]
    guard value.count == 12 else { return nil }
    return text.withElements { CalendarDay(utf8: $0[value.lowerBound + 1..<value.upperBound - 1]) }
  }

  /// A fact that is an amount.
  func money(_ fact: Fact) -> Money? {
    let value = self[fact]
    return value.isEmpty ? nil : text.withElements { Money(utf8: $0[value]) }
  }

  // MARK: scanning

  private mutating func forget() {
    for fact in 0..<values.count { values[fact] = Value(start: 0, end: 0) }
  }

  /// Whether the document could be scanned.
  private mutating func scan(_ document: [UInt8], allowsEscapes: Bool) -> Bool {
    forget()
    text.truncate(to: 0)
    Self.copy(document, to: &text)
    text.append(0)  // ends what has no end
    (at, isEscaped, self.allowsEscapes) = (0, false, allowsEscapes)
    return object(0, depth: 0) && at == document.count
  }

  private static func copy(_ bytes: [UInt8], to text: inout Arena<UInt8>) {
    bytes.withUnsafeBufferPointer { text.append($0) }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard text[at] == byte else { return false }
    at += 1
    return true
  }

  /// - Parameter number: the object's in the table; -1 for one without facts.
  private mutating func object(_ number: Int32, depth: Int) -> Bool {
    guard depth < 16, take(UInt8(ascii: "{")) else { return false }
    if take(UInt8(ascii: "}")) { return true }
    var previous = -1
    repeat {
      let start = at + 1
      guard string() else { return false }
      let end = at - 1
      guard take(UInt8(ascii: ":")) else { return false }
      guard number >= 0 else {
        guard value(-1, depth: depth) else { return false }
        continue
      }
      let member = table.find(start..<end, of: text, in: number, after: previous)
      guard value(member, depth: depth) else { return false }
      if member >= 0 { previous = member }
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}"))
  }

  private mutating func array(depth: Int) -> Bool {
    guard depth < 16, take(UInt8(ascii: "[")) else { return false }
    if take(UInt8(ascii: "]")) { return true }
    repeat { guard value(-1, depth: depth) else { return false } } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]"))
  }

  private mutating func value(_ member: Int, depth: Int) -> Bool {
    let start = at
    switch text[at] {
    case UInt8(ascii: "\""): guard string() else { return false }
    case UInt8(ascii: "{"):
      guard object(member < 0 ? -1 : table.object(member), depth: depth + 1) else { return false }
    case UInt8(ascii: "["): guard array(depth: depth + 1) else { return false }
    case UInt8(ascii: "t"): guard word("true") else { return false }
    case UInt8(ascii: "f"): guard word("false") else { return false }
    case UInt8(ascii: "n"): return word("null")
    default: guard number() else { return false }
    }
    let fact = member < 0 ? -1 : table.fact(member)
    guard fact >= 0 else { return true }
    // Twice the same member is for the reader to refuse.
    guard values[fact].end == 0 else { return false }
    values[fact] = Value(start: Int32(start), end: Int32(at))
    return true
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    for letter in letters { guard take(letter) else { return false } }
    return true
  }

  /// A number as writers have it: no exponent, no needless zero before it.
  private mutating func number() -> Bool {
    _ = take(UInt8(ascii: "-"))
    let start = at
    while text[at] &- 0x30 < 10 { at += 1 }
    guard at > start, at == start + 1 || text[start] != UInt8(ascii: "0") else { return false }
    guard take(UInt8(ascii: ".")) else { return true }
    let decimals = at
    while text[at] &- 0x30 < 10 { at += 1 }
    return at > decimals
  }

  private mutating func string() -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    let start = at
    var all: UInt8 = 0
    while true {
      let byte = text[at]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        guard allowsEscapes else { return false }
        isEscaped = true
        at += 1
      }
      guard byte >= 0x20 else { return false }
      all |= byte
      at += 1
    }
    let isRight = all < 0x80 || isUTF8(start..<at)
    at += 1
    return isRight
  }

  private func isUTF8(_ range: Range<Int>) -> Bool {
    text.withElements { String(validating: $0[range], as: UTF8.self) != nil }
  }
}
