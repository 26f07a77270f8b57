import Documents

/// `lower()`: a string in lower case (5.6.7).
enum LowerFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.string), result: .value(.string))

  static let examples = [
    Example("'ABCÅÄÖ'.lower()", "'abcåäö'"),
    Example("{}.lower()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input) else { return .empty }
    return try run.made(run.forest.string(text).lowercased(), by: call)
  }
}
