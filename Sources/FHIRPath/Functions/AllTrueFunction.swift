/// `allTrue()`: whether every item is `true`; so it is for no item (5.1.4).
enum AllTrueFunction: FunctionDefinition {
  static let signature = Signature(input: .values(.boolean), result: .value(.boolean))

  static let examples = [
    Example("(true | false).allTrue()", "false"),
    Example("{}.allTrue()", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .boolean(try !run.holds(false, in: call))
  }
}
