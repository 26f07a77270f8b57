/// `combine(other)`: the items of both, duplicates kept (5.4.2).
enum CombineFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.any], result: .union)

  static let examples = [
    Example("1.combine(1).count()", "2"),
    Example("1.combine({})", "1"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    var all = try run.input(call)
    let other = try run.argument(0, of: call)
    try run.spend(other.count, at: call.step)
    all.append(other)
    return all
  }
}
