import Diagnostics
import Documents
import Mapping

/// Loads a draft as an operator's files would be, and translates the examples with it.
struct Trial {
  /// The folder's files that the draft needs: the hub's shapes and the tables of all.
  let files: [ConfigurationFile]
  let name: String
  let examples: [Example]

  private static let receipt = Receipt(
    received: "2026-11-21T10:15:00+01:00", id: "018f3c1e-0000-7000-8000-000000000001")

  /// The path that diagnostics about the mapping carry.
  var mapPath: String { name + ".map.yaml" }

  /// What is wrong with a draft: of the files, or when they are well, of the translations.
  func diagnostics(shape: String, map: String, tables: [CodeTableDraft]) -> [Diagnostic] {
    let folder = name.split(separator: "/").dropLast().joined(separator: "/")
    let own =
      [
        ConfigurationFile(path: name + ".shape.yaml", name: name, text: shape),
        ConfigurationFile(path: mapPath, name: name, text: map),
      ]
      + tables.map {
        ConfigurationFile(
          path: "\(folder)/codes/\($0.name).csv", name: "\(folder)/codes/\($0.name)", text: $0.text)
      }
    do throws(DiagnosticError) {
      return try translations(MappingLibrary(files + own))
    } catch {
      return error.diagnostics.filter { $0.severity == .error }
    }
  }

  private func translations(_ library: MappingLibrary) -> [Diagnostic] {
    guard let mapping = library.mappings[name] else { return [] }
    var found: [Diagnostic] = []
    for example in examples {
      var workspace = Workspace(names: library.names)
      do {
        mapping.begin(named: example.file, receipt: Self.receipt, in: &workspace)
        let root = try example.read(into: &workspace.forest)
        try mapping.check(root, example.bytes, in: &workspace)
        try mapping.writeHub(in: &workspace)
      } catch let error as DiagnosticError {
        found += error.diagnostics
      } catch let error as Diagnostic {
        found.append(error)
      } catch {}
    }
    return found
  }
}

extension Problem {
  /// The line of a mapping that could not take a value.
  var rule: Place? {
    switch self {
    case .noRowForCode(_, _, _, let rule), .valueDoesNotFit(_, _, _, let rule),
      .valueNotConvertible(_, _, _, let rule), .formulaFailed(_, let rule):
      rule
    case .nothingForRequired(_, _, let rule): rule
    default: nil
    }
  }
}
