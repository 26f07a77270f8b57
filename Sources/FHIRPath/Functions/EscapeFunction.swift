import Documents

/// `escape(target)`: a string as it stands in `html` or `json` (an addition of the continuous build).
enum EscapeFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.string))

  static let examples = [
    Example("'1<2'.escape('html')", "'1&lt;2'"),
    Example("'a\\\"b'.escape('json')", "'a\\\\\\\"b'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let target = try run.string(0, of: call) else {
      return .empty
    }
    guard let escaping = TextEscaping(rawValue: run.forest.string(target)) else { return .empty }
    return try run.made(escaping.escape(run.forest.string(text)), by: call)
  }
}
