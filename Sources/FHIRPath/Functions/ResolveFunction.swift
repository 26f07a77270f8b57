/// `resolve()`: the resources that references mean, as far as they stand in the same document (FHIR R4, additional functions).
enum ResolveFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .nodes)

  static let examples = [
    Example("{}.resolve()", "{}"),
    Example("'Patient/1'.resolve()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    var found = Items.empty
    for index in 0..<input.count {
      if let node = try run.resource(of: input[index], at: call.step) { found.append(.node(node, .unknown)) }
    }
    return found
  }
}
