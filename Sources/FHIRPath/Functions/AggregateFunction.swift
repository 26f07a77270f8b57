/// `aggregate(step [, init])`: one value made of all items, `$total` being what there is so far (7).
enum AggregateFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.step, .any], optional: 1, result: .total)

  static let examples = [
    Example("(1 | 2 | 3).aggregate($this + $total, 0)", "6"),
    Example("(3 | 1 | 2).aggregate(iif($total.empty(), $this, iif($this < $total, $this, $total)))", "1"),
    Example("{}.aggregate($this, 5)", "5"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    let outer = run.total
    defer { run.total = outer }
    run.total = call.has(1) ? try run.argument(1, of: call) : .empty
    for index in 0..<input.count {
      run.total = try run.projection(0, of: call, for: input[index], at: index)
    }
    return run.total
  }
}
