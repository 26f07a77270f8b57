/// `isDistinct()`: whether no two items are equal (5.1.12).
enum IsDistinctFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .value(.boolean))

  static let examples = [
    Example("1.combine(1).isDistinct()", "false"),
    Example("(1 | 2).isDistinct()", "true"),
    Example("{}.isDistinct()", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    return .boolean(try run.distinct(input, at: call.step).count == input.count)
  }
}
