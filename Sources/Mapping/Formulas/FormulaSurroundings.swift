import Documents
import FHIRPath

/// A cell that something reads: which frame, and which of its cells.
struct CellPlace: BitwiseCopyable, Sendable, Equatable {
  let depth: Int
  let cell: Int
}

/// What the names in a formula stand for: on the way in the members of the element at hand, on the way out
/// the hub's names.
final class FormulaSurroundings: FormulaScope {
  private let hub: HubModel
  private let tables: TableLibrary
  /// The mapping's or fragment's name, from where tables are looked up.
  private let mapping: String
  private let scope: Scope
  private let direction: Direction
  /// What the formula has asked for so far.
  private(set) var nodes: [CellPlace] = []
  /// The code tables that it has asked for, by the names of their files.
  private(set) var tablesUsed: Set<String> = []

  init(hub: HubModel, tables: TableLibrary, mapping: String, scope: Scope, direction: Direction) {
    self.hub = hub
    self.tables = tables
    self.mapping = mapping
    self.scope = scope
    self.direction = direction
  }

  /// The cell of the element that the formula is about, on the way in.
  var contextCell: CellPlace? {
    direction == .in ? CellPlace(depth: scope.depth, cell: scope.formatSource.wantedCell()) : nil
  }

  var context: FormulaType? { direction == .in ? type(scope.formatSource.content) : nil }

  func root(_ name: String) -> FormulaBinding? {
    guard direction == .out else {
      return context.flatMap { member(name, of: $0) }.map(FormulaBinding.member)
    }
    guard let found = scope.find(name) else { return nil }
    let node = CellPlace(depth: found.depth, cell: found.source.wantedCell())
    if !nodes.contains(node) { nodes.append(node) }
    return nodes.firstIndex(of: node).map { .node(index: $0, type: type(found.content)) }
  }

  func variable(_ name: String) -> FormulaBinding? {
    switch name {
    case "received": .text(index: 0, type: .dateTime)
    case "id": .text(index: 1, type: .string)
    default: nil
    }
  }

  var variableNames: [String] { ["received", "id"] }

  var rootNames: [String] { direction == .out ? scope.visibleNames : [] }

  func member(_ name: String, of type: FormulaType) -> FormulaMember? { hub.member(name, of: type) }

  func memberNames(of type: FormulaType) -> [String] { hub.memberNames(of: type) }

  func description(of type: FormulaType) -> (name: String, shape: String) { hub.description(of: type) }

  var model: (any FormulaModel)? { hub }

  func codes(in table: String) -> [String]? {
    guard let found = tables.find(table, for: mapping) else { return nil }
    tablesUsed.insert(found.name)
    return found.rows(direction).map { $0.source(direction) }
  }

  var codeTableNames: [String] { tables.names(for: mapping) }

  /// The names that documents use.
  var names: NameTable { hub.nameTable }

  /// What a formula gives, in words.
  func describe(_ type: FormulaType) -> String { description(of: type).name }

  private func type(_ content: FieldContent) -> FormulaType {
    switch content {
    case .object(let id): .object(Int32(id))
    case .value(let type): type.system
    }
  }
}
