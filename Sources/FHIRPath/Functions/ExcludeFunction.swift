/// `exclude(other)`: the items that the other has not, duplicates and order kept (5.3.9).
enum ExcludeFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.any], result: .items)

  static let examples = [
    Example("(1 | 2 | 3).exclude(2)", "1 | 3"),
    Example("1.combine(1).exclude(2).count()", "2"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let (input, other) = (try run.input(call), try run.argument(0, of: call))
    var kept = Items.empty
    for index in 0..<input.count {
      try run.spend(other.count, at: call.step)
      if !run.holds(other, input[index]) { kept.append(input[index]) }
    }
    return kept
  }
}
