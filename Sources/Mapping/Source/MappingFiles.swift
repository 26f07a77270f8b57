import YAML

/// Which files decide what a mapping does; a change in any other leaves it as it is.
///
/// They are its own file, the fragments that it includes, the shapes of all these with those that they use,
/// the code tables of their lines and formulas, and what is common to all: the hub's shapes, and shapes that
/// declare a namespace, kinds or names of types, since formulas see those everywhere.
struct MappingFiles {
  private let files: [ConfigurationFile]
  private let sources: [String: MappingSource]
  private let uses: [String: [String]]
  private let common: Set<String>

  init(_ files: [ConfigurationFile], _ loader: FileLoader) {
    self.files = files.sorted { $0.path < $1.path }
    let sources = loader.mappings + loader.fragments.values
    self.sources = Dictionary(sources.map { ($0.name, $0) }) { first, _ in first }
    uses = Dictionary(loader.shapes.map { ($0.name, $0.uses.compactMap(\.text)) }) { first, _ in first }
    common = Set(loader.shapes.filter(\.isCommon).map(\.name))
  }

  /// The files of a mapping, by path.
  func files(of mapping: CheckedMapping) -> [ConfigurationFile] {
    let parts = mapping.fragments.union([mapping.name])
    let shapes = closure(common.union(parts.compactMap { sources[$0]?.shape }))
    return files.filter { file in
      switch file.kind {
      case .mapping: parts.contains(file.name)
      case .shape: shapes.contains(file.name)
      case .table: mapping.tables.contains(file.name)
      case .routes, .store, nil: false
      }
    }
  }

  /// The shapes and all that they use.
  private func closure(_ shapes: Set<String>) -> Set<String> {
    var found = shapes
    var open = Array(shapes)
    while let next = open.popLast() {
      for used in uses[next] ?? [] where found.insert(used).inserted { open.append(used) }
    }
    return found
  }
}

extension ShapeSource {
  fileprivate var isCommon: Bool {
    name.hasPrefix("hub/") || namespace != nil || !kinds.isEmpty || !scalars.isEmpty
  }
}
