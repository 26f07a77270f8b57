/// `select(projection)`: what the projection gives for each item, in one collection (5.2.2).
enum SelectFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.projection], result: .projection)

  static let examples = [
    Example("(1 | 2).select($this * 10)", "10 | 20"),
    Example("('a' | 'b').select($this & 'c')", "'ac' | 'bc'"),
    Example("(1 | 2).select({})", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    var selected = Items.empty
    for index in 0..<input.count {
      selected.append(try run.projection(0, of: call, for: input[index], at: index))
    }
    return selected
  }
}
