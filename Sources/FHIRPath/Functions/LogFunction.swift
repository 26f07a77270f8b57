import Glibc

/// `log(base)`: the logarithm of a number; empty for what has none (5.7.6).
enum LogFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.decimal), parameters: [.value(.decimal)], result: .value(.decimal))

  static let examples = [
    Example("16.log(2)", "4"),
    Example("100.0.log(10)", "2"),
    Example("(-1).log(2)", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call)?.approximate,
      let base = try run.number(run.step(0, of: call))?.approximate, number > 0, base > 0, base != 1
    else { return .empty }
    return run.decimal(ExactDecimal(approximating: Glibc.log(number) / Glibc.log(base)))
  }
}
