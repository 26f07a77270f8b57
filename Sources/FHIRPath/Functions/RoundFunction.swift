/// `round([precision])`: a number with at most so many digits behind the point, halves away from zero (5.7.8).
enum RoundFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.decimal), parameters: [.value(.integer)], optional: 1, result: .value(.decimal))

  static let examples = [
    Example("3.14159.round(3)", "3.142"),
    Example("2.5.round()", "3"),
    Example("(-1.2).round()", "-1"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call) else { return .empty }
    let places = call.has(0) ? try run.integer(0, of: call) : 0
    guard let places else { return .empty }
    guard places >= 0 else {
      throw .type(
        "a negative precision", expected: "a precision of 0 or more", at: run.range(run.step(0, of: call)))
    }
    return run.decimal(number.rounded(to: Int(min(places, 38))))
  }
}
