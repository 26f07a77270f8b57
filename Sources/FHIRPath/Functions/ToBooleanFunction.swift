import Documents

/// `toBoolean()`: a truth value from `true`, `t`, `yes`, `y`, `1`, `1.0` and their opposites (5.5).
enum ToBooleanFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.boolean))

  static let examples = [
    Example("'yes'.toBoolean()", "true"),
    Example("0.toBoolean()", "false"),
    Example("1.0.toBoolean()", "true"),
    Example("2.toBoolean()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    switch try run.single(call) {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .boolean(value == 1 ? true : value == 0 ? false : nil)
    case .text(let text, .string): return .boolean(Self.truth(run.forest.string(text).lowercased()))
    case .some(let item):
      guard let number = run.decimal(item)?.trimmed, number.scale == 0 else { return .empty }
      return .boolean(number.digits == 1 ? true : number.digits == 0 ? false : nil)
    case nil: return .empty
    }
  }

  private static func truth(_ word: String) -> Bool? {
    if ["true", "t", "yes", "y", "1", "1.0"].contains(word) { return true }
    return ["false", "f", "no", "n", "0", "0.0"].contains(word) ? false : nil
  }
}
