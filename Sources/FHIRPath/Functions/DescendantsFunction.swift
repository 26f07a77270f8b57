/// `descendants()`: the children, their children, and so on (5.8.2).
enum DescendantsFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .nodes)

  static let examples = [
    Example("visit.descendants().count() > visit.children().count()", "true"),
    Example("'a'.descendants()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    var level = try run.input(call)
    var found = Items.empty
    while level.count > 0 {
      var next = Items.empty
      for index in 0..<level.count { try run.addChildren(of: level[index], to: &next, at: call.step) }
      found.append(next)
      level = next
    }
    return found
  }
}
