import Glibc

/// `power(exponent)`: a number to the power of another; exact for whole exponents, empty for what has none (5.7.7).
enum PowerFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.decimal), parameters: [.value(.decimal)], result: .measure)

  static let examples = [
    Example("2.power(3)", "8"),
    Example("1.5.power(2)", "2.25"),
    Example("(-1).power(0.5)", "{}"),
    Example("4.power(0.5)", "2"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let base = try run.single(call), let number = run.decimal(base) else { return .empty }
    guard let exponent = try run.number(run.step(0, of: call)) else { return .empty }
    if exponent.trimmed.scale == 0, (0...127).contains(exponent.truncated.digits) {
      guard let power = number.power(Int(exponent.truncated.digits)) else { return .empty }
      if case .integer = base { return Int64(exactly: power.digits).map { .one(.integer($0)) } ?? .empty }
      return run.decimal(power)
    }
    return run.decimal(ExactDecimal(approximating: Glibc.pow(number.approximate, exponent.approximate)))
  }
}
