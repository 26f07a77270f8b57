import Diagnostics
import Foundation
import Gateway
import TestRig
import Testing

@testable import Mapping

/// Loading leaves nothing behind in memory, for a gateway loads again and again.
struct ReleasingTests {
  /// References that do not keep anything alive.
  private final class Watched {
    weak var object: AnyObject?

    init(_ object: AnyObject) { self.object = object }
  }

  @Test(
    "A checked mapping goes when its plan is made", arguments: ["visiba/visit-event", "npo/care-contacts"])
  func checkedMappings(_ name: String) throws {
    let watched = try check(name)
    #expect(watched.count > 5)
    #expect(watched.count { $0.object != nil } == 0)
  }

  private func check(_ name: String) throws -> [Watched] {
    let shapes = try RepositoryShapes.load()
    var loader = FileLoader()
    var diagnostics: [Diagnostic] = []
    for file in try MappingFolder.files(in: RepositoryFolder.path + "/Mappings") {
      loader.load(file, &diagnostics)
    }
    let tables = TableLibrary(tables: loader.tables)
    let source = try #require(loader.mappings.first { $0.name == name })
    let mapping = try #require(
      MappingChecker.check(
        source, shapes, HubModel(shapes), tables, fragments: loader.fragments, routes: [],
        diagnostics: &diagnostics))
    _ = MappingPlan(MappingPlanBuilder(mapping, shapes, tables))
    mapping.release()
    let names = mapping.resources.flatMap { [Watched($0), Watched($0.target), Watched($0.source)] }
    return names + [Watched(mapping.scope), Watched(mapping.scope.formatTarget)]
  }
}
