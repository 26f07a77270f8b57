public import Diagnostics
import Documents
public import FHIRPath
import Formats
public import Mapping

/// A document, JSON, XML, HL7 v2 or CSV, that formulas are asked about.
public final class FormulaDocument {
  private let library: MappingLibrary
  private var forest: Forest
  private var environment = FormulaEnvironment()
  private let root: NodeID
  private let afterReading: (nodes: NodeID, text: Int)
  /// What the document is: the type of its root.
  public let type: FormulaType

  /// Reads a document.
  /// - Parameters:
  ///   - shape: the shape that it has; without one, a FHIR resource tells its type, and of other documents only the
  ///     document shows what is in it.
  ///   - now: the time that `now()` gives, RFC 3339 with an offset.
  /// - Throws: what is wrong with the document, or with the shape's name.
  public init(
    _ bytes: [UInt8], named file: String, shape: String? = nil, now: String, library: MappingLibrary
  ) throws(Diagnostic) {
    self.library = library
    var forest = Forest(names: library.names, reserving: bytes.count)
    let table = library.formulas.table(ofShape: shape)
    let read = try Self.read(bytes, named: file, table, into: &forest)
    type = try library.formulas.type(of: read, in: forest, shape: shape)
    root = library.formulas.arranged(read, as: type, in: &forest)
    environment.now = forest.append(now)
    environment.context = root
    environment.resources.append(root)
    environment.hasPrimitiveElements = forest.hasPrimitiveElements(below: root)
    afterReading = (forest.next, forest.text.count)
    self.forest = forest
  }

  private static func read(
    _ bytes: [UInt8], named file: String, _ table: CSVTable?, into forest: inout Forest
  ) throws(Diagnostic) -> NodeID {
    if HL7v2Reader.begins(bytes) {
      return try HL7v2Reader(names: forest.names).read(bytes, named: file, into: &forest)
    }
    if let table = table ?? (file.hasSuffix(".csv") ? CSVTable() : nil) {
      return try CSVReader(table).read(bytes, named: file, into: &forest)
    }
    let isXML = bytes.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF } == UInt8(ascii: "<")
    guard isXML else { return try JSONReader().read(bytes, named: file, into: &forest) }
    let root = try XMLReader().read(bytes, named: file, into: &forest)
    guard FHIRXML.isResource(root, in: forest) else { return root }
    return FHIRXML.resource(root, of: bytes, in: &forest)
  }

  /// Reads a formula about this document.
  public func formula(
    _ text: String, strictness: Strictness = .specification
  ) throws(FormulaFault) -> Formula {
    try library.formulas.formula(text, about: type, strictness: strictness)
  }

  /// What a formula gives.
  /// - Parameter trace: hears what its parts give.
  public func evaluate(
    _ formula: Formula, trace: (any FormulaTrace)? = nil
  ) throws(FormulaFault) -> [FormulaAnswer] {
    environment.trace = trace
    defer { forget() }
    let items = try formula.evaluate(over: &forest, in: &environment)
    return (0..<items.count).map { answer(items[$0]) }
  }

  /// Evaluates and looks at nothing, for measurements.
  public func count(_ formula: Formula) throws(FormulaFault) -> Int {
    defer { forget() }
    return try formula.evaluate(over: &forest, in: &environment).count
  }

  private func forget() {
    forest.truncate(to: afterReading.nodes)
    forest.text.truncate(to: afterReading.text)
  }

  private func answer(_ item: Item) -> FormulaAnswer {
    let type = library.formulas.name(of: item, in: forest)
    return FormulaAnswer(type: type, text: forest.described(item, library))
  }
}

/// One item that a formula gave.
public struct FormulaAnswer: Sendable, Equatable {
  /// Its type: `System.String`, `FHIR.code`.
  public let type: String
  /// It as text: a value as it is written, an object as JSON.
  public let text: String
}

extension Forest {
  fileprivate mutating func described(_ item: Item, _ library: MappingLibrary) -> String {
    if case .type(let type) = item { return library.formulas.name(of: type) }
    guard case .node(let node, _) = item, self[node].kind == .object || self[node].kind == .array else {
      return string(written(item))
    }
    var out = Arena<UInt8>(capacity: 256)
    JSONWriter(names: names).write(node, of: self, to: &out)
    return out.withElements { String(decoding: $0, as: UTF8.self) }
  }
}
