/// `getValue()`: the value of a primitive as one of FHIRPath's own (FHIR R4, additional functions).
enum GetValueFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .measure)

  static let examples = [
    Example("visit.type.getValue()", "'chat'"),
    Example("visit.patient.getValue()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    return input.count == 1 ? run.primitiveValue(input[0]).map(Items.one) ?? .empty : .empty
  }
}
