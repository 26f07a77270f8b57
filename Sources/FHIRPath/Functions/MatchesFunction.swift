import Documents

/// `matches(regex)`: whether a regular expression fits some part of a string (5.6.9).
enum MatchesFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.boolean))

  static let examples = [
    Example("'R05.9'.matches('^[A-Z][0-9]+')", "true"),
    Example("'abc'.matches('B')", "false"),
    Example("{}.matches('a')", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let pattern = try run.pattern(0, of: call) else {
      return .empty
    }
    try run.spend(matching: text, pattern, at: call.step)
    return .boolean(
      run.forest.text.withElements { pattern.occurs(in: UnsafeBufferPointer(rebasing: $0[text.indices])) })
  }
}
