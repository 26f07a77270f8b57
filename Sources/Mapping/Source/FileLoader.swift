import Diagnostics
import YAML

/// Sorts a folder's files by kind and reads each.
struct FileLoader {
  var shapes: [ShapeSource] = []
  var mappings: [MappingSource] = []
  var fragments: [String: MappingSource] = [:]
  var tables: [String: CodeTable] = [:]
  var routes: [RouteSource] = []
  var stores: [YAMLNode] = []

  mutating func load(_ file: ConfigurationFile, _ diagnostics: inout [Diagnostic]) {
    if file.path.hasSuffix(".csv") {
      tables[file.name] = CodeTableReader.read(file, diagnostics: &diagnostics)
      return
    }
    let node: YAMLNode
    do {
      node = try YAMLReader.read(file.text, file: file.path)
    } catch {
      diagnostics.append(error)
      return
    }
    if file.kind == .routes {
      routes += RouteSource.read(node, &diagnostics)
    } else if file.kind == .store {
      stores.append(node)
    } else if file.kind == .shape {
      if let shape = ShapeSource(node, file: file, diagnostics: &diagnostics) { shapes.append(shape) }
    } else if let mapping = MappingSource(node, file: file, diagnostics: &diagnostics) {
      if mapping.isFragment { fragments[mapping.name] = mapping } else { mappings.append(mapping) }
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
