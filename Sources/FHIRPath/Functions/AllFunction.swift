/// `all(criteria)`: whether every item meets the criteria; so it is for no item (5.1.3).
enum AllFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.criterion], result: .value(.boolean))

  static let examples = [
    Example("(1 | 2).all($this > 0)", "true"),
    Example("(1 | 2).all($this > 1)", "false"),
    Example("{}.all($this > 1)", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    for index in 0..<input.count where try run.criterion(0, of: call, for: input[index], at: index) != true {
      return .boolean(false)
    }
    return .boolean(true)
  }
}
