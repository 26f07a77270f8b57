/// `not()`: `true` for `false` and the other way round (6.5.3).
enum NotFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.boolean), result: .value(.boolean))

  static let examples = [
    Example("true.not()", "false"),
    Example("false.not()", "true"),
    Example("{}.not()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .boolean(try run.condition(call.input).map { !$0 })
  }
}
