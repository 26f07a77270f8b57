/// `toDateTime()`: a dateTime from a string or a date (5.5).
enum ToDateTimeFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.dateTime))

  static let examples = [
    Example("'2026-11-21T10:15'.toDateTime()", "@2026-11-21T10:15"),
    Example("@2026-11.toDateTime() is DateTime", "true"),
    Example("'x'.toDateTime()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call) else { return .empty }
    return run.calendar(item, as: .dateTime)
  }
}
