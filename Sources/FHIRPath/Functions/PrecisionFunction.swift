/// `precision()`: how many digits a number has behind its point, or a date or time in all (an addition of the continuous build).
enum PrecisionFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.integer))

  static let examples = [
    Example("1.58700.precision()", "5"),
    Example("@2014.precision()", "4"),
    Example("@T10:30.precision()", "4"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call) else { return .empty }
    if case .integer = item { return .one(.integer(0)) }
    if let time = run.calendarTime(item), case .text(_, let type) = item {
      return .one(.integer(Int64(time.digits(as: type))))
    }
    return run.measure(item).map { .one(.integer(Int64($0.number.scale))) } ?? .empty
  }
}
