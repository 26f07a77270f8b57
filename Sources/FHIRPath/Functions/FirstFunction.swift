/// `first()`: the first item (5.3.3).
enum FirstFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .item)

  static let examples = [
    Example("(1 | 2 | 3).first()", "1"),
    Example("{}.first()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    try run.input(call).first.map(Items.one) ?? .empty
  }
}
