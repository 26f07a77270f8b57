/// `trim()`: a string without white space at its ends (an addition of the continuous build).
enum TrimFunction: FunctionDefinition {
  static let signature = Signature(input: .value(.string), result: .value(.string))

  static let examples = [
    Example("'  a b\\n'.trim()", "'a b'"),
    Example("'   '.trim()", "''"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input) else { return .empty }
    return .one(.text(run.forest.trimmed(text), .string))
  }
}
