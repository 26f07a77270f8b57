/// `convertsToDate()`: whether `toDate()` gives something (5.5).
enum ConvertsToDateFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("'2026'.convertsToDate()", "true"),
    Example("'x'.convertsToDate()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToDateFunction.evaluate(call, in: &run).count > 0)
  }
}
