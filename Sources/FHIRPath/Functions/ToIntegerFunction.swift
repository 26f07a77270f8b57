/// `toInteger()`: an integer from `-12`, and from `true` and `false`; empty for anything else (5.5).
enum ToIntegerFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.integer))

  static let examples = [
    Example("'-12'.toInteger()", "-12"),
    Example("true.toInteger()", "1"),
    Example("'1.0'.toInteger()", "{}"),
    Example("'a'.toInteger()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    switch try run.single(call.input) {
    case .integer(let value): return .one(.integer(value))
    case .boolean(let value): return .one(.integer(value ? 1 : 0))
    case .text(let text, .string):
      return run.forest.integer(of: text).map { .one(.integer($0)) } ?? .empty
    default: return .empty
    }
  }
}
