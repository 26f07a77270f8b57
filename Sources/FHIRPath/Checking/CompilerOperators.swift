// What the operators of section 6 take and give.
extension Compiler {
  mutating func check(
    _ binary: BinaryOperator, _ left: Checked, _ right: Checked, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    let type = try result(of: binary, left, right)
    var checked = add(.binary(binary, left.step, right.step), type, repeats: binary == .union, at: range)
    checked.isManifold = binary == .union && isLiteral(left) && isLiteral(right)
    return checked
  }

  private func result(
    of binary: BinaryOperator, _ left: Checked, _ right: Checked
  ) throws(FormulaFault) -> FormulaType {
    switch binary {
    case .equal, .notEqual, .equivalent, .notEquivalent: try requireComparable(left, right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: try requireOrdered(left, right)
    case .and, .or, .xor, .implies:
      try requireCondition(left)
      try requireCondition(right)
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

  private func isLiteral(_ operand: Checked) -> Bool {
    if operand.isManifold { return true }
    switch plan.operations[Int(operand.step)] {
    case .boolean, .integer, .constant, .quantity: return true
    default: return false
    }
  }

  /// Strings, numbers, quantities, or a date and a duration.
  private func sum(_ left: Checked, _ right: Checked) throws(FormulaFault) -> FormulaType {
    let isString = left.type.system == .string || (left.type == .unknown && right.type.system == .string)
    guard isString else { return try number(.add, left, right) }
    try requireBoth(left, right, .string)
    return .value(.string)
  }

  private func number(
    _ binary: BinaryOperator, _ left: Checked, _ right: Checked
  ) throws(FormulaFault) -> FormulaType {
    if let type = left.type.system, type.isCalendar, binary == .add || binary == .subtract {
      try requireOne(left)
      try requireOne(right, .quantity)
      return .value(type)
    }
    try requireMeasure(left)
    try requireMeasure(right)
    if isQuantity(left.type) || isQuantity(right.type) { return .value(.quantity) }
    if left.type == .unknown, !left.isNothing { return .unknown }
    switch (left.type.system, right.type.system) {
    case (.quantity?, _), (_, .quantity?): return .value(.quantity)
    case (.integer?, .integer?): return binary == .divide ? .value(.decimal) : .value(.integer)
    case (_?, _?): return binary == .div ? .value(.integer) : .value(.decimal)
    default: return left.isNothing ? right.type : .unknown
    }
  }
}
