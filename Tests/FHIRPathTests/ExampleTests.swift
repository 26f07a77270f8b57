import Testing

@testable import FHIRPath

@Suite struct ExampleTests {
  @Test("Every function does what its documentation's examples say", arguments: Function.allCases)
  func examples(function: Function) throws {
    for example in function.definition.examples {
      #expect(try answers(example.formula) == answers(example.result), "\(example.formula)")
    }
  }

  @Test("Every function has examples that name it", arguments: Function.allCases)
  func hasExamples(function: Function) {
    let examples = function.definition.examples
    #expect(!examples.isEmpty)
    #expect(examples.allSatisfy { $0.formula.contains(function.rawValue + "(") })
  }
}
