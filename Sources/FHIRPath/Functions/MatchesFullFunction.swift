/// `matchesFull(regex)`: whether a regular expression fits the whole string (an addition of the continuous build).
enum MatchesFullFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.boolean))

  static let examples = [
    Example("'R05'.matchesFull('[A-Z][0-9]+')", "true"),
    Example("'R05.9'.matchesFull('[A-Z][0-9]+')", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    try run.fits(call) { pattern, text in pattern.matchesWhole(text) }
  }
}
