/// `convertsToQuantity()`: whether `toQuantity()` gives something (5.5).
enum ConvertsToQuantityFunction: FunctionDefinition {
  static let signature = Signature(
    input: .one, parameters: [.value(.string)], optional: 1, result: .value(.boolean))

  static let examples = [
    Example("'1 day'.convertsToQuantity()", "true"),
    Example("'1 wk'.convertsToQuantity()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToQuantityFunction.evaluate(call, in: &run).count > 0)
  }
}
