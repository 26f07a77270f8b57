/// `lowBoundary([precision])`: the least value that is meant by one of this precision (an addition of the continuous build).
enum LowBoundaryFunction: FunctionDefinition {
  static let signature = Signature(input: .one, parameters: [.value(.integer)], optional: 1, result: .item)

  static let examples = [
    Example("1.587.lowBoundary()", "1.58650000"),
    Example("@2014.lowBoundary(6)", "@2014-01"),
    Example("@T10:30.lowBoundary(9)", "@T10:30:00.000"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call) else { return .empty }
    let digits = call.has(0) ? try run.integer(0, of: call) : nil
    if call.has(0), digits == nil { return .empty }
    return run.boundary(of: item, isHigh: false, digits: digits.map { Int(clamping: $0) })
  }
}
