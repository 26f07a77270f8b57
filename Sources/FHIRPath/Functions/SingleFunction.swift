/// `single()`: the only item; several are a fault (5.3.2).
enum SingleFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .item)

  static let examples = [
    Example("'a'.single()", "'a'"),
    Example("{}.single()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard input.count <= 1 else { throw run.several(input.count, at: call.input) }
    return input
  }
}
