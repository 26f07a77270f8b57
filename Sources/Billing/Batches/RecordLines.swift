import Documents
import Formats
import Store

/// The lines of some records, read back once for all that is made of them.
final class RecordLines {
  /// The way to a field of a line.
  typealias Path = [NameID]

  /// The names of `billing/claim`'s lines.
  static let names: NameTable = {
    var names = NameTableBuilder()
    for name in [
      "visit", "patient", "number", "system", "county", "municipality", "gender", "listedAt", "date", "time",
      "planned", "kind", "unit", "id", "name", "profession", "medicalField", "careLevel", "publicCare",
      "agreement", "typeOfAgreement", "typeOfReimbursement", "category", "priceList", "product", "code",
      "price", "gross", "net", "feePaid", "reduction", "freePass",
    ] { _ = names.name(name) }
    return names.build()
  }()

  private var forest: Forest
  private var roots: [NodeID] = []

  init(_ records: [StoredBillingRecord]) {
    let bytes = records.reduce(0) { $0 + $1.content.body.count }
    forest = Forest(names: Self.names, reserving: bytes / 2)
    for record in records {
      roots.append((try? JSONReader().read(record.content.body, named: "line", into: &forest)) ?? -1)
    }
  }

  /// How many lines there are.
  var count: Int { roots.count }

  /// Whether a line can be read.
  func isReadable(_ line: Int) -> Bool { roots[line] >= 0 }

  /// The way to a field: `patient.county`.
  func path(_ text: String) -> Path { text.split(separator: ".").map { forest.intern(String($0)) } }

  /// Where a field stands in the forest's text; empty where the line has none.
  func range(_ line: Int, _ path: Path) -> TextRange {
    node(line, path).map { forest[$0].text } ?? .empty
  }

  /// Whether a line has a field.
  func has(_ line: Int, _ path: Path) -> Bool { node(line, path) != nil }

  private func node(_ line: Int, _ path: Path) -> NodeID? {
    var node = roots[line]
    guard node >= 0 else { return nil }
    for name in path {
      guard let child = forest.child(node, named: name) else { return nil }
      node = child
    }
    return node
  }

  func text(_ line: Int, _ path: Path) -> String { forest.string(range(line, path)) }

  /// Nil for what is none.
  func money(_ line: Int, _ path: Path) -> Money? {
    let range = range(line, path)
    return forest.text.withElements { Money(utf8: $0[range.indices]) }
  }

  /// Nil for what is none.
  func day(_ line: Int, _ path: Path) -> CalendarDay? {
    let range = range(line, path)
    return forest.text.withElements { CalendarDay(utf8: $0[range.indices]) }
  }

  /// Whether two fields say the same.
  func same(_ one: TextRange, _ other: TextRange) -> Bool { forest.equal(one, other) }

  /// A part of the text.
  func string(_ range: TextRange) -> String { forest.string(range) }

  /// Lends the forest for a tree that shares the lines' texts; what is added is taken back.
  func withForest<Result>(_ build: (inout Forest) throws -> Result) rethrows -> Result {
    let (nodes, text) = (forest.next, forest.text.count)
    defer {
      forest.truncate(to: nodes)
      forest.text.truncate(to: text)
    }
    return try build(&forest)
  }
}
