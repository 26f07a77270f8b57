/// `iif(criterion, true-result [, otherwise-result])`: only the result that is needed is evaluated (5.5).
enum IifFunction: FunctionDefinition {
  static let signature = Signature(
    input: .focus, parameters: [.condition, .alternative, .alternative], optional: 1,
    result: .argument(from: 1))

  static let examples = [
    Example("iif(1 < 2, 'a', 'b')", "'a'"),
    Example("iif({}, 'a', 'b')", "'b'"),
    Example("iif(false, 'a')", "{}"),
    Example("'a'.iif($this = 'a', 'yes', 'no')", "'yes'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let outer = run.focus
    defer { run.focus = outer }
    if let item = try run.one(call.input) { run.focus = Evaluation.Focus(this: item, index: 0) }
    if try run.condition(run.step(0, of: call)) == true { return try run.argument(1, of: call) }
    return call.has(2) ? try run.argument(2, of: call) : .empty
  }
}
