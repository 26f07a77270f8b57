import Documents

/// `matchesFull(regex)`: whether a regular expression fits the whole string (an addition of the continuous build).
enum MatchesFullFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.boolean))

  static let examples = [
    Example("'R05'.matchesFull('[A-Z][0-9]+')", "true"),
    Example("'R05.9'.matchesFull('[A-Z][0-9]+')", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let pattern = try run.pattern(0, of: call) else {
      return .empty
    }
    try run.spend(matching: text, pattern, at: call.step)
    return .boolean(
      run.forest.text.withElements { pattern.matchesWhole(UnsafeBufferPointer(rebasing: $0[text.indices])) })
  }
}
