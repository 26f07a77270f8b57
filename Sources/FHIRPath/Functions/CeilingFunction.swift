/// `ceiling()`: the least whole number that is not less (5.7.2).
enum CeilingFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.decimal), result: .value(.integer))

  static let examples = [
    Example("1.1.ceiling()", "2"),
    Example("(-1.1).ceiling()", "-1"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call) else { return .empty }
    let whole: ExactDecimal? = number.cut(to: 0, up: true)
    return whole.flatMap { Int64(exactly: $0.digits) }.map { .one(.integer($0)) } ?? .empty
  }
}
