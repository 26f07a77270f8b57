import Diagnostics
import YAML

/// Sorts a folder's files by kind and reads each.
struct FileLoader {
  private(set) var shapes: [ShapeSource] = []
  private(set) var mappings: [MappingSource] = []
  private(set) var fragments: [String: MappingSource] = [:]
  private(set) var tables: [String: CodeTable] = [:]
  private(set) var routes: [RouteSource] = []
  private(set) var stores: [YAMLNode] = []
  /// What was wrong, in the order of files and lines.
  private(set) var diagnostics: [Diagnostic] = []

  /// Reads files, side by side.
  init(_ files: [ConfigurationFile]) {
    for loaded in files.mappedSideBySide(LoadedFile.init) { add(loaded) }
  }

  private mutating func add(_ loaded: LoadedFile) {
    diagnostics += loaded.diagnostics
    switch loaded.content {
    case .table(let name, let table): tables[name] = table
    case .routes(let sources): routes += sources
    case .store(let node): stores.append(node)
    case .shape(let shape): shapes.append(shape)
    case .mapping(let mapping) where mapping.isFragment: fragments[mapping.name] = mapping
    case .mapping(let mapping): mappings.append(mapping)
    case nil: break
    }
  }
}

/// What one file says.
private struct LoadedFile {
  enum Content {
    case table(String, CodeTable?)
    case routes([RouteSource])
    case store(YAMLNode)
    case shape(ShapeSource)
    case mapping(MappingSource)
  }

  /// `nil` for a file that can't be read.
  private(set) var content: Content?
  private(set) var diagnostics: [Diagnostic] = []

  init(_ file: ConfigurationFile) {
    if file.kind == .table {
      content = .table(file.name, CodeTableReader.read(file, diagnostics: &diagnostics))
      return
    }
    do throws(Diagnostic) {
      content = Self.content(try YAMLReader.read(file.text, file: file.path), of: file, &diagnostics)
    } catch {
      diagnostics.append(error)
    }
  }

  private static func content(
    _ node: YAMLNode, of file: ConfigurationFile, _ diagnostics: inout [Diagnostic]
  ) -> Content? {
    switch file.kind {
    case .routes: .routes(RouteSource.read(node, &diagnostics))
    case .store: .store(node)
    case .shape: ShapeSource(node, file: file, diagnostics: &diagnostics).map { .shape($0) }
    default: MappingSource(node, file: file, diagnostics: &diagnostics).map { .mapping($0) }
    }
  }
}

/// Code tables that no line of any mapping or fragment names.
enum UnusedTables {
  static func find(_ tables: TableLibrary, in loader: FileLoader) -> [Diagnostic] {
    var used: Set<String> = []
    for source in loader.mappings + loader.fragments.values {
      for name in names(source.block) {
        if let table = tables.find(name, for: source.name) { used.insert(table.name) }
      }
    }
    return tables.tables.values.filter { !used.contains($0.name) }
      .map { Diagnostic(.unusedTable(table: $0.name), at: $0.place) }
  }

  private static func names(_ block: BlockSource) -> [String] {
    (block.both + block.in + block.out).flatMap { line -> [String] in
      switch line {
      case .pair(_, _, let conversions): return conversions.map(\.name)
      case .each(_, _, let inner): return names(inner)
      case .formula, .include: return []
      }
    }
  }
}
