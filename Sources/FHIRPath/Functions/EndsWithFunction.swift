import Documents

/// `endsWith(suffix)`: whether a string ends so (5.6.4).
enum EndsWithFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.boolean))

  static let examples = [
    Example("'abcdefg'.endsWith('efg')", "true"),
    Example("'abc'.endsWith('ab')", "false"),
    Example("'abc'.endsWith('')", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let suffix = try run.string(0, of: call) else {
      return .empty
    }
    let length = Int(min(text.length, suffix.length))
    let end = TextRange(start: text.indices.upperBound - length, length: length)
    return .boolean(run.forest.equal(end, suffix))
  }
}
