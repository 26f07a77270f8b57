/// `distinct()`: the items without those equal to an earlier one (5.1.11).
enum DistinctFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .items)

  static let examples = [
    Example("1.combine(2).combine(1).distinct()", "1 | 2"),
    Example("{}.distinct()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    try run.distinct(try run.input(call), at: call.step)
  }
}
