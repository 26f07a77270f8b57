import Documents

/// `toString()`: a value as it is written; empty for an object (5.5).
enum ToStringFunction: FunctionDefinition {
  static let signature = Signature(input: .one, result: .value(.string))

  static let examples = [
    Example("12.toString()", "'12'"),
    Example("1.50.toString()", "'1.50'"),
    Example("true.toString()", "'true'"),
    Example("@2026-11-21.toString()", "'2026-11-21'"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let value = try run.single(call.input) else { return .empty }
    switch value {
    case .node, .extended, .type: return .empty
    default: break
    }
    return .one(.text(run.forest.written(value), .string))
  }
}
