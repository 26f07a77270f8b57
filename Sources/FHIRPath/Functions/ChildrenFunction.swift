/// `children()`: all members' items (5.8.1).
enum ChildrenFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .nodes)

  static let examples = [
    Example("visit.patient.children().count() > 0", "true"),
    Example("'a'.children()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    var found = Items.empty
    for index in 0..<input.count { try run.addChildren(of: input[index], to: &found, at: call.step) }
    return found
  }
}
