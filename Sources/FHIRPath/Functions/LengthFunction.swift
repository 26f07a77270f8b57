/// `length()`: how many characters (Unicode scalars) a string has (5.6.11).
enum LengthFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.string), result: .value(.integer))

  static let examples = [
    Example("'abc'.length()", "3"),
    Example("'åäö'.length()", "3"),
    Example("{}.length()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input) else { return .empty }
    return .one(.integer(Int64(run.forest.length(of: text))))
  }
}
