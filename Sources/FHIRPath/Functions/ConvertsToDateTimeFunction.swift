/// `convertsToDateTime()`: whether `toDateTime()` gives something (5.5).
enum ConvertsToDateTimeFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("'2026-11-21T10'.convertsToDateTime()", "true"),
    Example("'x'.convertsToDateTime()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToDateTimeFunction.evaluate(call, in: &run).count > 0)
  }
}
