/// `memberOf(table)`: whether a code, Coding or CodeableConcept has a code of a code table (FHIR R4, additional functions).
enum MemberOfFunction: FunctionDefinition {
  static let signature = Signature(input: .one, parameters: [.any], result: .value(.boolean))

  static let examples = [
    Example("visit.type.memberOf('contact-forms')", "true"),
    Example("'letter'.memberOf('contact-forms')", "false"),
    Example("{}.memberOf('contact-forms')", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.input(call).first, case .codes(let codes) = run.plan.prepared[Int(call.prepared)]
    else {
      return .empty
    }
    return .boolean(run.codes(of: item).contains { codes.contains($0) })
  }
}
