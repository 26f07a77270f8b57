public import Diagnostics
public import Documents
import YAML

/// All shapes, mappings and code tables of a folder, checked and ready to run. Never changed once loaded.
public struct MappingLibrary: Sendable {
  /// The mappings by name.
  public let mappings: [String: Mapping]
  /// Takes FHIR resources that come from elsewhere.
  public let hub: HubDocument
  /// Reads formulas about documents.
  public let formulas: FormulaReader
  /// All names that the shapes know.
  public let names: NameTable
  /// All shapes, for those who draft files about them.
  package let shapes: ShapeLibrary
  /// Warnings; there are no errors.
  public let warnings: [Diagnostic]
  /// How many shapes there are.
  public let shapeCount: Int
  /// How many code tables there are.
  public let tableCount: Int

  /// Checks the files of a folder.
  /// - Throws: every error found, in the order of files and lines, and the warnings with them.
  public init(_ files: [ConfigurationFile]) throws(DiagnosticError) {
    var diagnostics: [Diagnostic] = []
    var loader = FileLoader()
    for file in files.sorted(by: { $0.path < $1.path }) { loader.load(file, &diagnostics) }
    let shapes = ShapeResolver.resolve(loader.shapes, diagnostics: &diagnostics)
    guard diagnostics.isEmpty else { throw DiagnosticError(Self.sorted(diagnostics)) }
    let tables = TableLibrary(tables: loader.tables)
    let model = HubModel(shapes)
    var checked: [CheckedMapping] = []
    for source in loader.mappings.sorted(by: { $0.name < $1.name }) {
      let mapping = MappingChecker.check(
        source, shapes, model, tables, fragments: loader.fragments, diagnostics: &diagnostics)
      if let mapping { checked.append(mapping) }
    }
    if diagnostics.isEmpty { diagnostics = UnusedTables.find(tables, in: loader) }
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DiagnosticError(Self.sorted(diagnostics))
    }
    warnings = diagnostics
    names = shapes.names
    self.shapes = shapes
    shapeCount = shapes.shapes.count
    tableCount = tables.tables.count
    let shapeTables = ShapeTables(shapes)
    hub = HubDocument(shapes, shapeTables)
    formulas = FormulaReader(model, shapes, tables)
    mappings = Self.mappings(checked, shapes, shapeTables, tables)
  }

  private static func mappings(
    _ checked: [CheckedMapping], _ shapes: ShapeLibrary, _ shapeTables: ShapeTables, _ tables: TableLibrary
  ) -> [String: Mapping] {
    var mappings: [String: Mapping] = [:]
    for mapping in checked {
      let plan = MappingPlan(MappingPlanBuilder(mapping, shapes, tables))
      mappings[mapping.name] = Mapping(mapping, plan, shapes, shapeTables)
    }
    return mappings
  }

  private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var unique: [Diagnostic] = []
    for diagnostic in diagnostics where !unique.contains(diagnostic) { unique.append(diagnostic) }
    return unique.sorted {
      ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
    }
  }

  /// A mapping by name.
  /// - Throws: a diagnostic with near names.
  public func mapping(_ name: String, namedAt place: Place? = nil) throws(Diagnostic) -> Mapping {
    if let mapping = mappings[name] { return mapping }
    let near = NearNames.of(name, among: mappings.keys)
    throw Diagnostic(
      .unknownMapping(name: name, near: near), at: place ?? Place(file: name, line: 1, column: 1))
  }
}
