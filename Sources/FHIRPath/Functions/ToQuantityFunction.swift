/// `toQuantity([unit])`: a quantity from a number, a truth value, or a string such as `10 'mg'`; in the unit, if one is given (5.5).
enum ToQuantityFunction: FunctionDefinition {
  static let signature = Signature(
    input: .one, parameters: [.value(.string)], optional: 1, result: .value(.quantity))

  static let examples = [
    Example("1.toQuantity()", "1 '1'"),
    Example("'4 days'.toQuantity()", "4 days"),
    Example("'10 \\'mg\\''.toQuantity()", "10 'mg'"),
    Example("'1 wk'.toQuantity()", "{}"),
    Example("(1 'g').toQuantity('mg') = 1000 'mg'", "true"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call), let quantity = run.quantity(from: item) else { return .empty }
    guard call.has(0) else { return .one(quantity) }
    guard let code = try run.string(0, of: call) else { return .empty }
    return run.converted(quantity, to: code)
  }
}
