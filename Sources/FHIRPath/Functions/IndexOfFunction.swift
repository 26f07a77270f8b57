import Documents

/// `indexOf(substring)`: where a string first has this part, counted from 0; -1 for nowhere (5.6.1).
enum IndexOfFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.integer))

  static let examples = [
    Example("'abcdefg'.indexOf('bc')", "1"),
    Example("'åäö'.indexOf('ö')", "2"),
    Example("'abc'.indexOf('x')", "-1"),
    Example("'abc'.indexOf('')", "0"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let part = try run.string(0, of: call) else { return .empty }
    guard let place = try run.find(part, in: text, at: call.step) else { return .one(.integer(-1)) }
    let before = TextRange(start: Int(text.start), length: place - Int(text.start))
    return .one(.integer(Int64(run.forest.length(of: before))))
  }
}
