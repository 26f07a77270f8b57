/// `timeOfDay()`: the time of day of `now()`; no clock is asked (5.9.2).
enum TimeOfDayFunction: FunctionDefinition {
  static let signature = Signature(input: .none, result: .value(.time))

  static let examples = [
    Example("timeOfDay()", "@T10:15:00")
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    run.now(as: .time)
  }
}
