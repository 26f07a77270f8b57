import Documents

/// `upper()`: a string in upper case (5.6.6).
enum UpperFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.string), result: .value(.string))

  static let examples = [
    Example("'abcåäö'.upper()", "'ABCÅÄÖ'"),
    Example("{}.upper()", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input) else { return .empty }
    return try run.made(run.forest.string(text).uppercased(), by: call)
  }
}
