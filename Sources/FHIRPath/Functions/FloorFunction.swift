/// `floor()`: the greatest whole number that is not greater (5.7.4).
enum FloorFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.decimal), result: .value(.integer))

  static let examples = [
    Example("2.1.floor()", "2"),
    Example("(-2.1).floor()", "-3"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let number = try run.number(call) else { return .empty }
    let whole: ExactDecimal? = number.cut(to: 0, up: false)
    return whole.flatMap { Int64(exactly: $0.digits) }.map { .one(.integer($0)) } ?? .empty
  }
}
