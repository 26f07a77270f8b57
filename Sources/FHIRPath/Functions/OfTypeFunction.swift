import Documents

/// `ofType(type)`: the items that are of a type or a kind of it (5.2.4).
enum OfTypeFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.type], result: .items)

  static let examples = [
    Example("(1 | 'a' | 2).ofType(Integer)", "1 | 2"),
    Example("'a'.ofType(Integer)", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let items = try run.input(call)
    let test = run.plan.typeTests[Int(call.prepared)]
    var kept = Items.empty
    for index in 0..<items.count where run.passes(items[index], test) { kept.append(items[index]) }
    return kept
  }
}
