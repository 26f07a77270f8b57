import FHIRPath
import Foundation
import Gateway
import Mapping

/// The official suite's expressions about its resources: evaluation alone, and with reading the expression.
enum FHIRPathBench {
  private struct Case: Decodable {
    let expression: String
    let file: String
  }

  private struct Prepared {
    let text: String
    let formula: Formula
    let document: FormulaDocument
  }

  /// - Parameter path: a JSON file with the expressions and the files that they are about.
  static func run(cases path: String) throws {
    let library = try MappingFolder.load("Mappings")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    var documents: [String: FormulaDocument] = [:]
    for file in Set(cases.map(\.file)) {
      documents[file] = try FormulaDocument(
        Array(try Data(contentsOf: URL(fileURLWithPath: file))), named: file, now: "2026-11-21T10:15:00Z",
        library: library)
    }
    let prepared = try cases.compactMap { test -> Prepared? in
      guard let document = documents[test.file] else { return nil }
      return Prepared(
        text: test.expression, formula: try document.formula(test.expression), document: document)
    }
    let evaluation = try Rate.best { for test in prepared { _ = try test.document.count(test.formula) } }
    let reading = try Rate.best {
      for test in prepared { _ = try test.document.count(try test.document.formula(test.text)) }
    }
    Rate.report("fhirpath.sluss", evaluation * Double(prepared.count))
    Rate.report("fhirpath.slussReading", reading * Double(prepared.count))
  }
}
