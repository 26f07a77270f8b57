/// `now()`: the time at which the message was received, with its offset; no clock is asked (5.9.2).
enum NowFunction: FunctionDefinition {
  static let signature = Signature(input: .none, result: .value(.dateTime))

  static let examples = [
    Example("now()", "@2026-11-21T10:15:00+01:00")
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    run.now(as: .dateTime)
  }
}
