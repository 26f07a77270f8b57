/// `sqrt()`: the square root of a number; empty for what has none (5.7.9).
enum SqrtFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.decimal), result: .value(.decimal))

  static let examples = [
    Example("81.sqrt()", "9"),
    Example("(-1).sqrt()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call)?.approximate else { return .empty }
    let result: Double? = number < 0 ? nil : number.squareRoot()
    return run.decimal(result.flatMap(ExactDecimal.init(approximating:)))
  }
}
