import Diagnostics
import FHIRPath
import Foundation
import Gateway
import Mapping
import TestRig
import Testing

/// The official suite against our evaluator, on the hub's shapes of this repository.
@Suite(
  "The official FHIRPath suite",
  .enabled(if: SharedFolder.path != nil, "the shared folder with the FHIRPath suite is not there"))
struct FHIRPathSuiteTests {
  /// Where Sluss answers otherwise, and why.
  static let deviations: [String: String] = [
    "testPlusDate19": "a tenth of a second is added: decimals are left out above seconds only (6.7)",
    "HighBoundaryDecimal15":
      "no number that rounds to 0.0034 is greater than 0.1 to one place; 0.0 is less than the input",
    "HighBoundaryDateTimeMillisecond3": "the last moment that is meant by T08 is 08:59:59.999",
  ]

  private let library: MappingLibrary

  init() throws { library = try MappingFolder.load(RepositoryFolder.path + "/Mappings") }

  @Test("Every case gives what it should, over XML and over JSON")
  func everyCase() throws {
    var failed: [String] = []
    for test in FHIRPathSuite.cases where Self.deviations[test.name] == nil {
      for input in [test.input, test.input.replacingOccurrences(of: ".xml", with: ".json")] {
        guard let bytes = FHIRPathSuite.file(input) else { continue }
        let document = try FormulaDocument(
          bytes, named: input, now: "2026-11-21T10:15:00.000+01:00", library: library)
        if let failure = Self.failure(of: test, about: document) {
          failed.append("\(test.name) (\(input)): \(test.expression)\n    \(failure)")
        }
      }
    }
    #expect(FHIRPathSuite.cases.count > 400)
    #expect(failed.isEmpty, "\(failed.joined(separator: "\n"))")
  }

  @Test("What Sluss answers otherwise is still answered otherwise")
  func deviationsStand() throws {
    for test in FHIRPathSuite.cases where Self.deviations[test.name] != nil {
      let bytes = try #require(FHIRPathSuite.file(test.input))
      let document = try FormulaDocument(
        bytes, named: test.input, now: "2026-11-21T10:15:00Z", library: library)
      #expect(Self.failure(of: test, about: document) != nil, "\(test.name)")
    }
  }

  /// What is wrong with the answer; `nil` for nothing.
  private static func failure(of test: FHIRPathSuite.Case, about document: FormulaDocument) -> String? {
    let answers: [FormulaAnswer]
    do throws(FormulaFault) {
      answers = try document.evaluate(
        try document.formula(test.expression, strictness: test.isStrict ? .specification : .lenient))
    } catch {
      return test.isRefused ? nil : "refused: \(error.problem.wording.title): \(error.problem.wording.label)"
    }
    if test.isRefused { return "not refused, but \(answers.map(\.text))" }
    var given = answers.map { plain($0.text) }
    var wanted = test.outputs.map(plain)
    if test.isPredicate, given != ["true"], given != ["false"] { given = [given.isEmpty ? "false" : "true"] }
    if !test.isOrdered { (given, wanted) = (given.sorted(), wanted.sorted()) }
    let isSame = given.count == wanted.count && zip(given, wanted).allSatisfy(same)
    return isSame ? nil : "gave \(given), expected \(wanted)"
  }

  private static func plain(_ text: String) -> String {
    for prefix in ["@T", "@"] where text.hasPrefix(prefix) { return String(text.dropFirst(prefix.count)) }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func same(_ a: String, _ b: String) -> Bool {
    a == b || (Decimal(string: a) != nil && Decimal(string: a) == Decimal(string: b) && !b.contains("."))
  }
}
