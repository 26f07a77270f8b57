/// `union(other)`: the items of both without duplicates, as `|` (5.4.1).
enum UnionFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.any], result: .union)

  static let examples = [
    Example("1.union(1)", "1"),
    Example("1.union(2).count()", "2"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    try run.union(call.input, run.step(0, of: call), at: call.step)
  }
}
