/// `toDecimal()`: a decimal from a number, `true`, `false`, or a string such as `12.50` (5.5).
enum ToDecimalFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.decimal))

  static let examples = [
    Example("'12.50'.toDecimal()", "12.50"),
    Example("3.toDecimal() / 2", "1.5"),
    Example("true.toDecimal()", "1.0"),
    Example("'a'.toDecimal()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    switch try run.single(call.input) {
    case .integer(let value): return run.decimal(ExactDecimal(value))
    case .boolean(let value): return run.decimal(ExactDecimal(digits: value ? 10 : 0, scale: 1))
    case .text(let text, .decimal): return .one(.text(text, .decimal))
    case .text(let text, .string):
      guard run.forest.isPlainNumber(text), run.decimal(.text(text, .decimal)) != nil else { return .empty }
      return .one(.text(text, .decimal))
    default: return .empty
    }
  }
}
