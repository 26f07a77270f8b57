/// `today()`: the date of `now()`; no clock is asked (5.9.2).
enum TodayFunction: FunctionDefinition {
  static let signature = Signature(input: .none, result: .value(.date))

  static let examples = [
    Example("today()", "@2026-11-21")
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    run.now(as: .date)
  }
}
