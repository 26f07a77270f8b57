import Glibc

/// `ln()`: the natural logarithm of a number; empty for what has none (5.7.5).
enum LnFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.decimal), result: .value(.decimal))

  static let examples = [
    Example("1.ln()", "0"),
    Example("(-1).ln()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call)?.approximate else { return .empty }
    let result: Double? = number > 0 ? Glibc.log(number) : nil
    return run.decimal(result.flatMap(ExactDecimal.init(approximating:)))
  }
}
