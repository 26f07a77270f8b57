/// `anyFalse()`: whether an item is `false` (5.1.7).
enum AnyFalseFunction: FunctionDefinition {
  static let signature = Signature(input: .values(.boolean), result: .value(.boolean))

  static let examples = [
    Example("(true | false).anyFalse()", "true"),
    Example("true.anyFalse()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .boolean(try run.holds(false, in: call))
  }
}
