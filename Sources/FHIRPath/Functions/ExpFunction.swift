import Glibc

/// `exp()`: *e* to the power of a number (5.7.3).
enum ExpFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.decimal), result: .value(.decimal))

  static let examples = [
    Example("0.exp()", "1"),
    Example("{}.exp()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call)?.approximate else { return .empty }
    let result: Double? = Glibc.exp(number)
    return run.decimal(result.flatMap(ExactDecimal.init(approximating:)))
  }
}
