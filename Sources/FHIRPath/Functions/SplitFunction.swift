/// `split(separator)`: the parts of a string around a separator (an addition of the continuous build).
enum SplitFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .values(.string))

  static let examples = [
    Example("'a,b,c'.split(',')", "'a' | 'b' | 'c'"),
    Example("'a,,b'.split(',').count()", "3"),
    Example("'abc'.split(',')", "'abc'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let separator = try run.string(0, of: call)
    else { return .empty }
    let pieces = try run.pieces(of: text, between: separator, at: call.step)
    return Items(pieces.map { .text($0, .string) })
  }
}
