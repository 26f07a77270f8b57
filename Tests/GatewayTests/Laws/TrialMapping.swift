import Diagnostics
import Foundation
import Gateway
import Mapping
import TestRig

/// A mapping written for one test, called `a/visit`, beside the repository's hub.
struct TrialMapping {
  /// What the format's documents are written in; the same fields serve both.
  enum Writing: String, CaseIterable {
    case json, xml

    fileprivate var head: String {
      self == .json ? "format: json" : "format: xml\nnamespaces: {a: urn:a}\nroot: a:Visit"
    }
  }

  private let files: [ConfigurationFile]

  /// - Parameters:
  ///   - fields: the shape's tree.
  ///   - mapping: all below its name.
  ///   - tables: code tables by name.
  init(_ writing: Writing, fields: String, mapping: String, tables: [String: String] = [:]) {
    let shape = "shape: a/visit\n\(writing.head)\nfields:\n\(fields)\n"
    files =
      Self.hub + [
        ConfigurationFile(path: "a/visit.shape.yaml", name: "a/visit", text: shape),
        ConfigurationFile(path: "a/visit.map.yaml", name: "a/visit", text: "mapping: a/visit\n\(mapping)\n"),
      ]
      + tables.sorted { $0.key < $1.key }.map {
        ConfigurationFile(path: "a/codes/\($0.key).csv", name: "a/codes/\($0.key)", text: $0.value)
      }
  }

  private static let hub: [ConfigurationFile] = {
    let types = [
      "types", "Encounter", "Patient", "Condition", "DocumentReference", "Organization",
      "QuestionnaireResponse",
    ]
    return types.compactMap { type in
      let path = "\(RepositoryFolder.path)/Mappings/hub/\(type).shape.yaml"
      return (try? String(contentsOfFile: path, encoding: .utf8)).map {
        ConfigurationFile(path: path, name: "hub/\(type)", text: $0)
      }
    }
  }()

  func study() throws(DiagnosticError) -> MappingStudy { try MappingStudy(files) }

  /// What is known before any message comes: what a gateway refuses to load, or else what breaks a law.
  func complaints(runs: Int = 150, seed: UInt64 = 1) throws -> [Diagnostic] {
    do {
      return try laws(runs: runs, seed: seed).diagnostics
    } catch let error as DiagnosticError {
      return error.diagnostics
    }
  }

  func laws(runs: Int = 150, seed: UInt64 = 1) throws -> LawReport {
    let study = try study()
    return study.laws(of: try study.library.mapping("a/visit"), runs: runs, seed: seed)
  }

  /// The line of a file that a diagnostic is about.
  func line(_ place: Place) -> String {
    let text = files.first { $0.path == place.file }?.text ?? ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.contains(place.line - 1) ? String(lines[place.line - 1]) : ""
  }
}
