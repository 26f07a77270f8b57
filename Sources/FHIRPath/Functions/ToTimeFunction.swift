/// `toTime()`: a time of day from a string such as `10:15` (5.5).
enum ToTimeFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.time))

  static let examples = [
    Example("'10:15'.toTime()", "@T10:15"),
    Example("'25:00'.toTime()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call) else { return .empty }
    return run.calendar(item, as: .time)
  }
}
