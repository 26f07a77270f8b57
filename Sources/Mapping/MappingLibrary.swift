public import Diagnostics
public import Documents

/// All shapes, mappings and code tables of a folder, checked and ready to run. Never changed once loaded.
public struct MappingLibrary: Sendable {
  /// The mappings by name.
  public let mappings: [String: Mapping]
  /// The files that decide what each mapping does, by its name; see ``MappingFiles``.
  public let files: [String: [ConfigurationFile]]
  /// Takes FHIR resources that come from elsewhere.
  public let hub: HubDocument
  /// Reads formulas about documents.
  public let formulas: FormulaReader
  /// What is kept of that which messages tell, and how.
  public let hubRules: HubRules
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
    self.init(try CheckedFiles(files))
  }

  init(_ checked: CheckedFiles) {
    warnings = checked.warnings
    names = checked.shapes.names
    shapes = checked.shapes
    hubRules = checked.hubRules
    shapeCount = checked.shapes.shapes.count
    tableCount = checked.tables.tables.count
    let shapeTables = ShapeTables(checked.shapes)
    hub = HubDocument(checked.shapes, shapeTables)
    formulas = FormulaReader(checked.model, checked.shapes, checked.tables, shapeTables)
    mappings = Self.mappings(checked.mappings, checked.shapes, shapeTables, checked.tables)
    files = checked.filesOfMappings
  }

  private static func mappings(
    _ checked: [CheckedMapping], _ shapes: ShapeLibrary, _ shapeTables: ShapeTables, _ tables: TableLibrary
  ) -> [String: Mapping] {
    let mappings = checked.mappedSideBySide { mapping in
      Mapping(mapping, MappingPlan(MappingPlanBuilder(mapping, shapes, tables)), shapes, shapeTables)
    }
    return Dictionary(mappings.map { ($0.name, $0) }) { _, last in last }
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
