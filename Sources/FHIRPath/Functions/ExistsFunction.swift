/// `exists([criteria])`: whether there is an item, or one that meets the criteria (5.1.2).
enum ExistsFunction: FunctionDefinition {
  static let signature = Signature(
    input: .any, parameters: [.criterion], optional: 1, result: .value(.boolean))

  static let examples = [
    Example("(1 | 2).exists()", "true"),
    Example("{}.exists()", "false"),
    Example("(1 | 2).exists($this > 2)", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard call.has(0) else { return .boolean(input.count > 0) }
    for index in 0..<input.count where try run.criterion(0, of: call, for: input[index], at: index) == true {
      return .boolean(true)
    }
    return .boolean(false)
  }
}
