/// `contains(substring)`: whether a string has this part (5.6.5).
enum ContainsFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.boolean))

  static let examples = [
    Example("'abc'.contains('b')", "true"),
    Example("'abc'.contains('ac')", "false"),
    Example("'abc'.contains('')", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let part = try run.string(0, of: call) else { return .empty }
    return .boolean(try run.find(part, in: text, at: call.step) != nil)
  }
}
