import Diagnostics

/// A folder's files, all checked: what plans are made of.
final class CheckedFiles {
  let shapes: ShapeLibrary
  let tables: TableLibrary
  let model: HubModel
  let hubRules: HubRules
  /// In the order of their names.
  let mappings: [CheckedMapping]
  /// The files that decide what each mapping does, by its name.
  let filesOfMappings: [String: [ConfigurationFile]]
  /// Warnings; there are no errors.
  let warnings: [Diagnostic]

  /// - Throws: every error found, in the order of files and lines, and the warnings with them.
  init(_ files: [ConfigurationFile]) throws(DiagnosticError) {
    let loader = FileLoader(files.sorted { $0.path < $1.path })
    var diagnostics = loader.diagnostics
    shapes = ShapeResolver.resolve(loader.shapes, diagnostics: &diagnostics)
    guard diagnostics.isEmpty else { throw DiagnosticError(Self.sorted(diagnostics)) }
    tables = TableLibrary(tables: loader.tables)
    model = HubModel(shapes)
    let formulas = FormulaReader(model, shapes, tables, ShapeTables(shapes))
    let routes = AnswerRuleReader(formulas: formulas).routes(loader.routes, &diagnostics)
    mappings = Self.mappings(loader, routes, shapes, model, tables, &diagnostics)
    RouteNames.check(loader.routes, loader.mappings.map(\.name), &diagnostics)
    hubRules = Self.rules(loader, formulas, shapes, &diagnostics)
    if diagnostics.isEmpty { diagnostics = UnusedTables.find(tables, in: loader) }
    warnings = diagnostics
    let parts = MappingFiles(files, loader)
    filesOfMappings = Dictionary(uniqueKeysWithValues: mappings.map { ($0.name, parts.files(of: $0)) })
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DiagnosticError(Self.sorted(diagnostics))
    }
  }

  deinit {
    for mapping in mappings { mapping.release() }
  }

  private static func mappings(
    _ loader: FileLoader, _ routes: [RouteSource], _ shapes: ShapeLibrary, _ model: HubModel,
    _ tables: TableLibrary, _ diagnostics: inout [Diagnostic]
  ) -> [CheckedMapping] {
    let sources = loader.mappings.sorted { $0.name < $1.name }
    let checked = sources.mappedSideBySide { source in
      var found: [Diagnostic] = []
      let mapping = MappingChecker.check(
        source, shapes, model, tables, fragments: loader.fragments, routes: routes, diagnostics: &found)
      if let mapping {
        let ambiguities = AmbiguityCheck.run(mapping, shapes, tables)
        found += CounterExample.add(to: ambiguities, of: mapping, shapes, tables)
      }
      return (mapping: mapping, diagnostics: found)
    }
    diagnostics += checked.flatMap(\.diagnostics)
    return checked.compactMap(\.mapping)
  }

  private static func rules(
    _ loader: FileLoader, _ formulas: FormulaReader, _ shapes: ShapeLibrary, _ diagnostics: inout [Diagnostic]
  ) -> HubRules {
    var reader = HubRuleReader(formulas, shapes, mappings: loader.mappings.map(\.name))
    for node in loader.stores { reader.read(node) }
    diagnostics += reader.diagnostics
    return reader.rules
  }

  private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var unique: [Diagnostic] = []
    for diagnostic in diagnostics where !unique.contains(diagnostic) { unique.append(diagnostic) }
    return unique.sorted {
      ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
    }
  }
}
