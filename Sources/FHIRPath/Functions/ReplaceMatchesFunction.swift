import Documents

/// `replaceMatches(regex, substitution)`: a string with all that fits replaced; `$1` and `${name}` stand for groups (5.6.10).
enum ReplaceMatchesFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string), .value(.string)], result: .value(.string))

  static let examples = [
    Example("'abc123'.replaceMatches('[0-9]', '-')", "'abc---'"),
    Example("'2026-11-21'.replaceMatches('(\\\\d+)-(\\\\d+)-(\\\\d+)', '$3/$2/$1')", "'21/11/2026'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let pattern = try run.pattern(0, of: call),
      let substitution = try run.string(1, of: call)
    else { return .empty }
    if try run.string(0, of: call)?.length == 0 { return .one(.text(text, .string)) }
    try run.spend(matching: text, pattern, at: call.step)
    return try run.replaced(text, pattern, substitution, at: call)
  }
}
