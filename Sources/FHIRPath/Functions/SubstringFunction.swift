/// `substring(start [, length])`: a part of a string, counted from 0; empty when it starts outside (5.6.2).
enum SubstringFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.integer), .value(.integer)], optional: 1,
    result: .value(.string))

  static let examples = [
    Example("'abcdefg'.substring(3)", "'defg'"),
    Example("'abcdefg'.substring(1, 2)", "'bc'"),
    Example("'åäö'.substring(1, 1)", "'ä'"),
    Example("'abc'.substring(3)", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let start = try run.integer(0, of: call) else {
      return .empty
    }
    let length = call.has(1) ? try run.integer(1, of: call) : nil
    let count = Int64(run.forest.length(of: text))
    guard (0..<count).contains(start) else { return .empty }
    let end = start + max(0, min(length ?? count, count - start))
    return .one(.text(run.forest.characters(Int(start)..<Int(end), of: text), .string))
  }
}
