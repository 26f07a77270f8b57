/// `iif(criterion, true-result [, otherwise-result])`: only the result that is needed is evaluated (5.5).
enum IifFunction: FunctionDefinition {
  static let signature = Signature(
    input: .none, parameters: [.condition, .any, .any], optional: 1, result: .argument(from: 1))

  static let examples = [
    Example("iif(1 < 2, 'a', 'b')", "'a'"),
    Example("iif({}, 'a', 'b')", "'b'"),
    Example("iif(false, 'a')", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    if try run.condition(run.step(0, of: call)) == true { return try run.argument(1, of: call) }
    return call.has(2) ? try run.argument(2, of: call) : .empty
  }
}
