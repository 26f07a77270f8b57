/// `convertsToDecimal()`: whether `toDecimal()` gives something (5.5).
enum ConvertsToDecimalFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("'1.5'.convertsToDecimal()", "true"),
    Example("'x'.convertsToDecimal()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToDecimalFunction.evaluate(call, in: &run).count > 0)
  }
}
