/// `convertsToBoolean()`: whether `toBoolean()` gives something (5.5).
enum ConvertsToBooleanFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("'yes'.convertsToBoolean()", "true"),
    Example("2.convertsToBoolean()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToBooleanFunction.evaluate(call, in: &run).count > 0)
  }
}
