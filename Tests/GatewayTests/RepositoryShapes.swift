import Diagnostics
import Gateway
import TestRig

@testable import Mapping

/// The shapes of the repository's own folder of mappings, as formulas see them.
enum RepositoryShapes {
  static func load() throws -> ShapeLibrary {
    var diagnostics: [Diagnostic] = []
    var loader = FileLoader()
    for file in try MappingFolder.files(in: RepositoryFolder.path + "/Mappings") {
      loader.load(file, &diagnostics)
    }
    let library = ShapeResolver.resolve(loader.shapes, diagnostics: &diagnostics)
    guard diagnostics.isEmpty else { throw DiagnosticError(diagnostics) }
    return library
  }
}
