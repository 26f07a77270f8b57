/// `convertsToString()`: whether `toString()` gives something (5.5).
enum ConvertsToStringFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("1.convertsToString()", "true"),
    Example("{}.convertsToString()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToStringFunction.evaluate(call, in: &run).count > 0)
  }
}
