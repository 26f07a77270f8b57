/// `tail()`: all items but the first (5.3.5).
enum TailFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .items)

  static let examples = [
    Example("(1 | 2 | 3).tail()", "2 | 3"),
    Example("1.tail()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    return input.slice(1..<max(1, input.count))
  }
}
