import Documents

/// `replace(pattern, substitution)`: a string with every occurrence replaced (5.6.8).
enum ReplaceFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string), .value(.string)], result: .value(.string))

  static let examples = [
    Example("'abcdefg'.replace('cde', '123')", "'ab123fg'"),
    Example("'abcdefg'.replace('cde', '')", "'abfg'"),
    Example("'abc'.replace('', 'x')", "'xaxbxcx'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let pattern = try run.string(0, of: call),
      let substitution = try run.string(1, of: call)
    else { return .empty }
    let pieces = try run.pieces(of: text, between: pattern, at: call.step)
    guard pattern.length == 0 else { return try run.joined(pieces[...], by: substitution, at: call.step) }
    return try run.joined([.empty] + pieces + [.empty], by: substitution, at: call.step)
  }
}
