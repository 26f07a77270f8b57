/// `htmlChecks()`: refused, for nothing here checks XHTML (FHIR R4, additional functions).
enum HtmlChecksFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .value(.boolean))

  static let examples = [
    Example(refused: "visit.htmlChecks()")
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .empty
  }
}
