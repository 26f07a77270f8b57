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
    try run.fits(call) { pattern, text in pattern.occurs(in: text) }
  }
}
