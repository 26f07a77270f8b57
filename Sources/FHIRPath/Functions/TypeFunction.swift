/// `type()`: what the items are, as `namespace` and `name` (section 10).
enum TypeFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .type)

  static let examples = [
    Example("1.type().name", "'Integer'"),
    Example("'a'.type().namespace", "'System'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let items = try run.input(call)
    var types = Items.empty
    for index in 0..<items.count { types.append(.type(run.type(of: items[index]))) }
    return types
  }
}
