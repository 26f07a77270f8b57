/// `truncate()`: the whole part of a number (5.7.10).
enum TruncateFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.decimal), result: .value(.integer))

  static let examples = [
    Example("101.9.truncate()", "101"),
    Example("(-1.56).truncate()", "-1"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call) else { return .empty }
    let whole: ExactDecimal? = number.truncated
    return whole.flatMap { Int64(exactly: $0.digits) }.map { .one(.integer($0)) } ?? .empty
  }
}
