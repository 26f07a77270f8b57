/// `where(criteria)`: the items that meet the criteria (5.2.1).
enum WhereFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.criterion], result: .items)

  static let examples = [
    Example("(1 | 2 | 3).where($this > 1)", "2 | 3"),
    Example("('a' | 'b').where($index = 1)", "'b'"),
    Example("(1 | 2).where({})", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    var kept = Items.empty
    for index in 0..<input.count where try run.criterion(0, of: call, for: input[index], at: index) == true {
      kept.append(input[index])
    }
    return kept
  }
}
