// What operators and functions demand of their operands; what is known only at run time passes.
extension Compiler {
  func describe(_ type: FormulaType) -> String {
    switch type {
    case .value(let type): type.rawValue
    case .object: scope.description(of: type).name
    case .unknown: "any value"
    }
  }

  func requireOne(_ operand: Checked) throws(FormulaFault) {
    if operand.repeats {
      throw .type("several values", expected: "one value, such as its `.first()`", at: operand.range)
    }
  }

  func requireOne(_ operand: Checked, _ type: SystemType) throws(FormulaFault) {
    try requireOne(operand)
    try require(operand, type)
  }

  func require(_ operand: Checked, _ type: SystemType) throws(FormulaFault) {
    switch operand.type {
    case .unknown: return
    case .value(let found) where found == type || (found == .integer && type == .decimal): return
    default: throw .type(describe(operand.type), expected: type.rawValue, at: operand.range)
    }
  }

  func requireNumber(_ operand: Checked) throws(FormulaFault) {
    try requireOne(operand)
    guard operand.type == .unknown || operand.type.system?.isNumber == true else {
      throw .type(describe(operand.type), expected: "a number", at: operand.range)
    }
  }

  /// Values of types that are never equal are a mistake of the writer.
  func requireComparable(_ left: Checked, _ right: Checked) throws(FormulaFault) {
    switch (left.type, right.type) {
    case (.unknown, _), (_, .unknown), (.object, .object): return
    case (.value(let a), .value(let b)) where a.isComparable(with: b): return
    default: throw .type(describe(right.type), expected: describe(left.type), at: right.range)
    }
  }

  func requireOrdered(_ left: Checked, _ right: Checked) throws(FormulaFault) {
    for operand in [left, right] {
      try requireOne(operand)
      let hasOrder = operand.type == .unknown || operand.type.system.map { $0 != .boolean } ?? false
      guard hasOrder else {
        throw .type(describe(operand.type), expected: "a value that has an order", at: operand.range)
      }
    }
    try requireComparable(left, right)
  }
}
