/// `convertsToTime()`: whether `toTime()` gives something (5.5).
enum ConvertsToTimeFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("'10:15:00.5'.convertsToTime()", "true"),
    Example("'10:61'.convertsToTime()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard try run.single(call) != nil else { return .empty }
    return .boolean(try ToTimeFunction.evaluate(call, in: &run).count > 0)
  }
}
