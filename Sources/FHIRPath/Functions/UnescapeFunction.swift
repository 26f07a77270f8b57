import Documents

/// `unescape(target)`: what an escaped string of `html` or `json` says (an addition of the continuous build).
enum UnescapeFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.string))

  static let examples = [
    Example("'1&lt;2'.unescape('html')", "'1<2'"),
    Example("'a\\\\nb'.unescape('json')", "'a\\nb'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let target = try run.string(0, of: call) else {
      return .empty
    }
    guard let escaping = TextEscaping(rawValue: run.forest.string(target)) else { return .empty }
    return try run.made(escaping.unescape(run.forest.string(text)), by: call)
  }
}
