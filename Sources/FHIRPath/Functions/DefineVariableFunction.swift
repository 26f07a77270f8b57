/// `defineVariable(name [, value])`: the input; what follows in the path may use `%name` for the value, or else for the input
/// (an addition of the continuous build).
enum DefineVariableFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.any, .projection], optional: 1, result: .items)

  static let examples = [
    Example("(1 | 2).defineVariable('all').select(%all.count() + $this)", "3 | 4"),
    Example("1.defineVariable('next', $this + 1).select(%next)", "2"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    var value = call.has(0) ? Items.empty : input
    if call.has(0) {
      for index in 0..<input.count {
        value.append(try run.projection(0, of: call, for: input[index], at: index))
      }
    }
    while run.variables.count <= call.prepared { run.variables.append(.empty) }
    run.variables[Int(call.prepared)] = value
    return input
  }
}
