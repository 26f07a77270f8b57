import Documents

/// `startsWith(prefix)`: whether a string starts so (5.6.3).
enum StartsWithFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.boolean))

  static let examples = [
    Example("'abcdefg'.startsWith('abc')", "true"),
    Example("'abc'.startsWith('bc')", "false"),
    Example("'abc'.startsWith('')", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let prefix = try run.string(0, of: call) else {
      return .empty
    }
    let start = TextRange(start: Int(text.start), length: Int(min(text.length, prefix.length)))
    return .boolean(run.forest.equal(start, prefix))
  }
}
