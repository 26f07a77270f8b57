/// `toDate()`: a date from a string such as `2026-11`, or the date of a dateTime (5.5).
enum ToDateFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.date))

  static let examples = [
    Example("'2026-11-21'.toDate()", "@2026-11-21"),
    Example("@2026-11-21T10:15:00Z.toDate()", "@2026-11-21"),
    Example("'2026-13'.toDate()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call) else { return .empty }
    return run.calendar(item, as: .date)
  }
}
