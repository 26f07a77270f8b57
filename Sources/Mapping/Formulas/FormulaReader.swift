public import Diagnostics
public import Documents
public import FHIRPath

/// Reads formulas about whole documents: FHIR resources, documents of a shape, and any others.
public struct FormulaReader: Sendable {
  private let hub: HubModel
  private let library: ShapeLibrary
  private let tables: TableLibrary
  private let arrangement: HL7v2Arrangement

  /// All shapes by name.
  var shapes: [String: Shape] { library.shapes }

  init(_ hub: HubModel, _ library: ShapeLibrary, _ tables: TableLibrary, _ shapes: ShapeTables) {
    arrangement = HL7v2Arrangement(shapes, library.names)
    self.hub = hub
    self.library = library
    self.tables = tables
  }

  /// The type of a document's root: of the shape that is named, else of the FHIR resource that it says it is.
  /// - Throws: near names, when there is no such shape.
  public func type(of root: NodeID, in forest: borrowing Forest, shape: String?) throws(Diagnostic)
    -> FormulaType
  {
    if let shape {
      if let known = library.shapes[shape] { return .object(Int32(known.root)) }
      let near = NearNames.of(shape, among: library.shapes.keys)
      throw Diagnostic(.unknownShape(name: shape, near: near), at: Place(file: shape, line: 1, column: 1))
    }
    guard let name = library.names.find("resourceType"), let child = forest.child(root, named: name) else {
      return .unknown
    }
    return hub.type(named: forest.string(child)) ?? .unknown
  }

  /// A document in the form that its shape declares, the same unless it is an HL7 v2 message.
  public func arranged(_ root: NodeID, as type: FormulaType, in forest: inout Forest) -> NodeID {
    guard case .object(let id) = type, Int(id) < library.types.count,
      library.shapes[library.types[Int(id)].shape]?.format == .hl7v2
    else { return root }
    return arrangement.arrange(root, type: Int(id), in: &forest)
  }

  /// The table that a CSV shape describes; `nil` for shapes of other formats, and where there is no shape.
  public func table(ofShape name: String?) -> CSVTable? {
    guard let shape = name.flatMap({ library.shapes[$0] }), shape.format == .csv else { return nil }
    return shape.table
  }

  /// Reads a formula about documents of a type.
  /// - Throws: what is wrong with it, in its own text.
  public func formula(
    _ text: String, about type: FormulaType, strictness: Strictness = .specification
  ) throws(FormulaFault) -> Formula {
    let scope = DocumentScope(hub: hub, tables: tables, type: type, strictness: strictness)
    return try Formula.compile(try FormulaSyntax.parse(text), against: scope)
  }

  /// What a type is called, with its namespace: `FHIR.code`, `System.String`.
  public func name(of type: FormulaType) -> String {
    switch type {
    case .value(let system): "System." + system.rawValue.prefix(1).uppercased() + system.rawValue.dropFirst()
    default: hub.name(of: type).map { $0.namespace + "." + $0.name } ?? hub.description(of: type).name
    }
  }

  /// What an item's type is called.
  public func name(of item: Item, in forest: borrowing Forest) -> String {
    switch item {
    case .node(let node, .unknown): Self.unshaped(forest[node].kind)
    case .node(_, let type), .extended(_, _, let type): name(of: type)
    case .text(_, let type): name(of: .value(type))
    case .boolean: name(of: .value(.boolean))
    case .integer: name(of: .value(.integer))
    case .quantity: name(of: .value(.quantity))
    case .type: "System.TypeInfo"
    }
  }

  /// Of a node that no shape describes only its kind is known.
  private static func unshaped(_ kind: NodeKind) -> String {
    switch kind {
    case .object: "object"
    case .array: "array"
    case .number: "System.Decimal"
    case .boolean: "System.Boolean"
    case .string, .null: "System.String"
    }
  }
}

extension Forest {
  /// Whether ids or extensions of JSON's primitives (`_birthDate`) stand in a document.
  public func hasPrimitiveElements(below root: NodeID) -> Bool {
    for node in root..<self[root].end where firstByte(ofName: self[node].name) == UInt8(ascii: "_") {
      return true
    }
    return false
  }
}

/// What names mean in a formula about a whole document.
private struct DocumentScope: FormulaScope {
  let hub: HubModel
  let tables: TableLibrary
  let type: FormulaType
  let strictness: Strictness

  var context: FormulaType? { type }
  var rootNames: [String] { [] }
  var variableNames: [String] { [] }
  var model: (any FormulaModel)? { hub }
  var codeTableNames: [String] { tables.tables.keys.sorted() }

  func root(_ name: String) -> FormulaBinding? { hub.member(name, of: type).map(FormulaBinding.member) }
  func variable(_ name: String) -> FormulaBinding? { nil }
  func member(_ name: String, of type: FormulaType) -> FormulaMember? { hub.member(name, of: type) }
  func memberNames(of type: FormulaType) -> [String] { hub.memberNames(of: type) }
  func description(of type: FormulaType) -> (name: String, shape: String) { hub.description(of: type) }
  func codes(in table: String) -> [String]? {
    tables.tables[table].map { $0.rows.flatMap { [$0.format, $0.hub] }.filter { !$0.isEmpty } }
  }
}
