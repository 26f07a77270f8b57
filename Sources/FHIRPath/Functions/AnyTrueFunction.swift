/// `anyTrue()`: whether an item is `true` (5.1.5).
enum AnyTrueFunction: FunctionDefinition {
  static let signature = Signature(input: .values(.boolean), result: .value(.boolean))

  static let examples = [
    Example("(true | false).anyTrue()", "true"),
    Example("{}.anyTrue()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .boolean(try run.holds(true, in: call))
  }
}
