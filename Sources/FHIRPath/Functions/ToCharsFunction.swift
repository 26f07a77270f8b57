import Documents

/// `toChars()`: a string's characters (5.6.12).
enum ToCharsFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.string), result: .values(.string))

  static let examples = [
    Example("'åä'.toChars()", "'å' | 'ä'"),
    Example("{}.toChars()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input) else { return .empty }
    var characters = Items.empty
    var rest = text
    while rest.length > 0 {
      try run.spend(1, at: call.step)
      let first = run.forest.characters(0..<1, of: rest)
      characters.append(.text(first, .string))
      rest = TextRange(start: first.indices.upperBound, length: Int(rest.length - first.length))
    }
    return characters
  }
}
