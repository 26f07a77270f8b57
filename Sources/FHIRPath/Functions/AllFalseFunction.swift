/// `allFalse()`: whether every item is `false`; so it is for no item (5.1.6).
enum AllFalseFunction: FunctionDefinition {
  static let signature = Signature(input: .values(.boolean), result: .value(.boolean))

  static let examples = [
    Example("(true | false).allFalse()", "false"),
    Example("false.allFalse()", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .boolean(try !run.holds(true, in: call))
  }
}
