import Documents

/// `is(type)`: whether the item is of a type or a kind of it (6.3.2).
enum IsFunction: FunctionDefinition {
  static let signature = Signature(input: .one, parameters: [.type], result: .value(.boolean))

  static let examples = [
    Example("1.is(Integer)", "true"),
    Example("'a'.is(System.Integer)", "false"),
    Example("{}.is(String)", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.one(call.input) else { return .empty }
    return .boolean(run.passes(item, run.plan.typeTests[Int(call.prepared)]))
  }
}
