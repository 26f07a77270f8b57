import Documents

/// `lastIndexOf(substring)`: where a string last has this part, counted from 0; -1 for nowhere (an addition of the continuous build).
enum LastIndexOfFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.integer))

  static let examples = [
    Example("'abcbc'.lastIndexOf('bc')", "3"),
    Example("'abc'.lastIndexOf('x')", "-1"),
    Example("'abc'.lastIndexOf('')", "3"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let part = try run.string(0, of: call) else { return .empty }
    if part.length == 0 { return .one(.integer(Int64(run.forest.length(of: text)))) }
    var last: Int?
    var rest = text
    while let place = try run.find(part, in: rest, at: call.step) {
      last = place
      rest = TextRange(start: place + 1, length: text.indices.upperBound - place - 1)
    }
    guard let last else { return .one(.integer(-1)) }
    let before = TextRange(start: Int(text.start), length: last - Int(text.start))
    return .one(.integer(Int64(run.forest.length(of: before))))
  }
}
