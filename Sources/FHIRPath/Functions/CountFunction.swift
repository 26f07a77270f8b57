/// `count()`: how many items there are (5.1.10).
enum CountFunction: FunctionDefinition {
  static let signature = Signature(input: .any, result: .value(.integer))

  static let examples = [
    Example("(1 | 2 | 3).count()", "3"),
    Example("{}.count()", "0"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    .one(.integer(Int64(try run.input(call).count)))
  }
}
