/// `subsetOf(other)`: whether all items are among the others (5.1.9).
enum SubsetOfFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.any], result: .value(.boolean))

  static let examples = [
    Example("(1 | 2).subsetOf(1 | 2 | 3)", "true"),
    Example("(1 | 4).subsetOf(1 | 2)", "false"),
    Example("{}.subsetOf(1)", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .boolean(try run.areAll(try run.input(call), in: try run.argument(0, of: call), at: call.step))
  }
}
