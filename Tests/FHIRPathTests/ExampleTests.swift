import Foundation
import Testing

@testable import FHIRPath

@Suite struct ExampleTests {
  @Test("Every function does what its documentation's examples say", arguments: Function.allCases)
  func examples(function: Function) throws {
    for example in function.definition.examples {
      guard let result = example.result else {
        #expect(throws: FormulaFault.self, "\(example.formula)") { try answers(example.formula) }
        continue
      }
      #expect(try answers(example.formula) == answers(result), "\(example.formula)")
    }
  }

  @Test("The article names every function", arguments: Function.allCases)
  func isDocumented(function: Function) throws {
    let article = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/FHIRPath/FHIRPath.docc/Formulas.md"), encoding: .utf8)
    #expect(article.contains("| `\(function.rawValue)("))
  }

  @Test("Every function has examples that name it", arguments: Function.allCases)
  func hasExamples(function: Function) {
    let examples = function.definition.examples
    #expect(!examples.isEmpty)
    #expect(examples.allSatisfy { $0.formula.contains(function.rawValue + "(") })
  }
}
