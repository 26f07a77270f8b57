import Diagnostics
import Gateway
import TestRig

@testable import Mapping

/// The shapes of the repository's own folder of mappings, as formulas see them.
enum RepositoryShapes {
  static func load() throws -> ShapeLibrary {
    let loader = FileLoader(try MappingFolder.files(in: RepositoryFolder.path + "/Mappings"))
    var diagnostics = loader.diagnostics
    let library = ShapeResolver.resolve(loader.shapes, diagnostics: &diagnostics)
    guard diagnostics.isEmpty else { throw DiagnosticError(diagnostics) }
    return library
  }
}
