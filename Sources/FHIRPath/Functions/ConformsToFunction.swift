/// `conformsTo(url)`: whether the input is of the type that one of FHIR's own definitions describes; profiles are refused (FHIR R4, additional functions).
enum ConformsToFunction: FunctionDefinition {
  static let signature = Signature(input: .one, parameters: [.any], result: .value(.boolean))

  static let examples = [
    Example(refused: "visit.conformsTo('http://example.se/profile')")
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .empty
  }
}
