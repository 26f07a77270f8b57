import Documents
import Formats

/// A record's line, read back.
struct RecordLine {
  private let root: ClaimTree.Element?

  init(_ body: [UInt8]) {
    var forest = Forest(names: Self.names)
    var tree = ClaimTree()
    root = (try? JSONReader().read(body, named: "line", into: &forest)).map { tree.element($0, forest) }
  }

  /// No names at all: a line's are its own.
  static let names = NameTableBuilder().build()

  /// The text of a field: `patient.county`.
  func text(_ path: String) -> String {
    var element = root
    for name in path.split(separator: ".") { element = element?[String(name)] }
    return element?.text ?? ""
  }

  var productCode: String { text("product.code") }
  var productName: String { text("product.name") }
  var price: Money { Money(text("product.price")) ?? .zero }
  var fee: Money { Money(text("feePaid")) ?? .zero }
  var net: Money { Money(text("net")) ?? .zero }
  var day: CalendarDay? { CalendarDay(text("date")) }
}
