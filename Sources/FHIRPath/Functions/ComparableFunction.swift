/// `comparable(quantity)`: whether two quantities measure the same (an addition of the continuous build).
enum ComparableFunction: FunctionDefinition {
  static let signature = Signature(input: .measure, parameters: [.value(.quantity)], result: .value(.boolean))

  static let examples = [
    Example("(1 'cm').comparable(1 '[in_i]')", "true"),
    Example("(1 'cm').comparable(1 's')", "false"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let a = try run.single(call), let b = try run.single(run.step(0, of: call)),
      let left = run.measure(a),
      let right = run.measure(b)
    else { return .empty }
    return .boolean(run.order(left, right) != nil)
  }
}
