/// `supersetOf(other)`: whether all the others are among the items (5.1.10).
enum SupersetOfFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.any], result: .value(.boolean))

  static let examples = [
    Example("(1 | 2).supersetOf(1)", "true"),
    Example("1.supersetOf(1 | 2)", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    return .boolean(try run.areAll(try run.argument(0, of: call), in: input, at: call.step))
  }
}
