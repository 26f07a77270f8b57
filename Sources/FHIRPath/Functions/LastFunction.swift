/// `last()`: the last item (5.3.4).
enum LastFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .item)

  static let examples = [
    Example("(1 | 2 | 3).last()", "3"),
    Example("{}.last()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    return input.count == 0 ? .empty : .one(input[input.count - 1])
  }
}
