/// `intersect(other)`: the items that both have, without duplicates (5.3.8).
enum IntersectFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.any], result: .items)

  static let examples = [
    Example("(1 | 2 | 3).intersect(2 | 4)", "2"),
    Example("1.intersect({})", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let (input, other) = (try run.input(call), try run.argument(0, of: call))
    var kept = Items.empty
    for index in 0..<input.count {
      try run.spend(other.count + kept.count, at: call.step)
      if run.holds(other, input[index]), !run.holds(kept, input[index]) { kept.append(input[index]) }
    }
    return kept
  }
}
