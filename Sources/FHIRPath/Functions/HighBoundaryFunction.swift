/// `highBoundary([precision])`: the greatest value that is meant by one of this precision (an addition of the continuous build).
enum HighBoundaryFunction: FunctionDefinition {
  static let signature = Signature(input: .one, parameters: [.value(.integer)], optional: 1, result: .item)

  static let examples = [
    Example("1.587.highBoundary(2)", "1.59"),
    Example("@2014.highBoundary(8)", "@2014-12-31"),
    Example("@T10:30.highBoundary(9)", "@T10:30:59.999"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let item = try run.single(call) else { return .empty }
    let digits = call.has(0) ? try run.integer(0, of: call) : nil
    if call.has(0), digits == nil { return .empty }
    return run.boundary(of: item, isHigh: true, digits: digits.map { Int(clamping: $0) })
  }
}
