/// `skip(number)`: all items but the first ones (5.3.6).
enum SkipFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.value(.integer)], result: .items)

  static let examples = [
    Example("(1 | 2 | 3).skip(2)", "3"),
    Example("(1 | 2).skip(5)", "{}"),
    Example("(1 | 2).skip(-1)", "1 | 2"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard let number = try run.count(0, of: call) else { return .empty }
    return input.slice(number..<max(number, input.count))
  }
}
