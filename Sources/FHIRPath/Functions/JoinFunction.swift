import Documents

/// `join([separator])`: all strings in one, with the separator in between (an addition of the continuous
/// build).
enum JoinFunction: FunctionDefinition {
  static let signature = Signature(
    input: .values(.string), parameters: [.value(.string)], optional: 1, result: .value(.string))

  static let examples = [
    Example("('a' | 'b' | 'c').join(', ')", "'a, b, c'"),
    Example("('a' | 'b').join()", "'ab'"),
    Example("{}.join(',')", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard input.count > 0 else { return .empty }
    let separator = call.has(0) ? try run.string(0, of: call) : .empty
    var pieces: [TextRange] = []
    for index in 0..<input.count {
      guard case .text(let text, .string) = run.value(input[index]) else {
        throw run.fault(input[index], expected: .string, at: call.input)
      }
      pieces.append(text)
    }
    return try run.joined(pieces[...], by: separator ?? .empty, at: call.step)
  }
}
