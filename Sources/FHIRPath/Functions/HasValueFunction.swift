/// `hasValue()`: whether the input is one primitive that has a value, not extensions alone (FHIR R4, additional functions).
enum HasValueFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .value(.boolean))

  static let examples = [
    Example("visit.type.hasValue()", "true"),
    Example("{}.hasValue()", "false"),
    Example("visit.patient.hasValue()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    return .boolean(input.count == 1 && run.primitiveValue(input[0]) != nil)
  }
}
