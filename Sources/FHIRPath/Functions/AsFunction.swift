import Documents

/// `as(type)`: the item if it is of a type or a kind of it (6.3.4).
enum AsFunction: FunctionDefinition {
  static let signature = Signature(input: .one, parameters: [.type], result: .item)

  static let examples = [
    Example("1.as(Integer)", "1"),
    Example("'a'.as(Integer)", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.one(call.input) else { return .empty }
    return run.passes(item, run.plan.typeTests[Int(call.prepared)]) ? .one(item) : .empty
  }
}
