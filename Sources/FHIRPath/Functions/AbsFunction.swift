/// `abs()`: a number or quantity without its sign (5.7.1).
enum AbsFunction: FunctionDefinition {
  static let signature = Signature(input: .measure, result: .measure)

  static let examples = [
    Example("(-5).abs()", "5"),
    Example("(-5.5).abs()", "5.5"),
    Example("(-5.5 'mg').abs()", "5.5 'mg'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call) else { return .empty }
    if case .integer(let value) = item { return value == .min ? .empty : .one(.integer(abs(value))) }
    guard let measure = run.measure(item) else { throw run.fault(item, expected: .decimal, at: call.input) }
    let number = ExactDecimal(digits: abs(measure.number.digits), scale: measure.number.scale)
    return run.quantity(item) == nil ? run.decimal(number) : run.made(number, measure.unit)
  }
}
