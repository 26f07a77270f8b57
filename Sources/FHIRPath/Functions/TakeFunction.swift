/// `take(number)`: the first items (5.3.7).
enum TakeFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.value(.integer)], result: .items)

  static let examples = [
    Example("(1 | 2 | 3).take(2)", "1 | 2"),
    Example("(1 | 2).take(0)", "{}"),
    Example("(1 | 2).take(9)", "1 | 2"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard let number = try run.count(0, of: call) else { return .empty }
    return input.slice(0..<number)
  }
}
