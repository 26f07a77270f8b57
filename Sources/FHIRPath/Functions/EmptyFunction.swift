/// `empty()`: whether there is no item (5.1.1).
enum EmptyFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .value(.boolean))

  static let examples = [
    Example("{}.empty()", "true"),
    Example("'a'.empty()", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .boolean(try run.input(call).count == 0)
  }
}
