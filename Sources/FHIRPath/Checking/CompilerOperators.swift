// What the operators of section 6 take and give.
extension Compiler {
  mutating func check(
    _ binary: BinaryOperator, _ left: Checked, _ right: Checked, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    let type = try result(of: binary, left, right)
    return add(.binary(binary, left.step, right.step), type, repeats: binary == .union, at: range)
  }

  private func result(
    of binary: BinaryOperator, _ left: Checked, _ right: Checked
  ) throws(FormulaFault) -> FormulaType {
    switch binary {
    case .equal, .notEqual, .equivalent, .notEquivalent: try requireComparable(left, right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: try requireOrdered(left, right)
    case .and, .or, .xor, .implies: try requireBoth(left, right, .boolean)
    case .in:
      try requireOne(left)
      try requireComparable(right, left)
    case .contains:
      try requireOne(right)
      try requireComparable(left, right)
    case .union: return left.type(joinedWith: right) ?? .unknown
    case .concatenate:
      try requireBoth(left, right, .string)
      return .value(.string)
    case .add: return try sum(left, right)
    case .subtract, .multiply, .divide, .div, .mod: return try number(binary, left, right)
    }
    return .value(.boolean)
  }

  private func requireBoth(_ left: Checked, _ right: Checked, _ type: SystemType) throws(FormulaFault) {
    try requireOne(left, type)
    try requireOne(right, type)
  }

  /// Strings or numbers.
  private func sum(_ left: Checked, _ right: Checked) throws(FormulaFault) -> FormulaType {
    let isString = left.type.system == .string || (left.type == .unknown && right.type.system == .string)
    guard isString else { return try number(.add, left, right) }
    try requireBoth(left, right, .string)
    return .value(.string)
  }

  private func number(
    _ binary: BinaryOperator, _ left: Checked, _ right: Checked
  ) throws(FormulaFault) -> FormulaType {
    try requireNumber(left)
    try requireNumber(right)
    if binary == .div { return .value(.integer) }
    if binary == .divide { return .value(.decimal) }
    return left.type(joinedWith: right) ?? .unknown
  }
}
