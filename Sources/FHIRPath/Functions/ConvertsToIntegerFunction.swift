/// `convertsToInteger()`: whether `toInteger()` gives something (5.5).
enum ConvertsToIntegerFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("'1'.convertsToInteger()", "true"),
    Example("'1.0'.convertsToInteger()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToIntegerFunction.evaluate(call, in: &run).count > 0)
  }
}
