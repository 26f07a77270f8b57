import Documents

// `+ - * / div mod` and unary `-`, section 6.6. What does not fit or divides by zero is empty.
extension Evaluation {
  mutating func arithmetic(
    _ binary: BinaryOperator, _ left: StepID, _ right: StepID, at step: StepID
  ) throws(FormulaFault) -> Items {
    guard let a = try single(left), let b = try single(right) else { return .empty }
    if binary == .add, case .text(let a, .string) = a, case .text(let b, .string) = b {
      return try joined(a, b, at: step)
    }
    if case .integer(let a) = a, case .integer(let b) = b, binary != .divide {
      return integer(binary, a, b).map { .one(.integer($0)) } ?? .empty
    }
    if let time = calendarTime(a), case .text(_, let type) = a, binary == .add || binary == .subtract {
      return try moved(time, type, by: b, forward: binary == .add, at: right)
    }
    if let x = decimal(a), let y = decimal(b) { return number(binary, x, y) }
    guard let x = measure(a), let y = measure(b) else {
      throw .type(
        description(measure(a) == nil ? a : b), expected: "a number",
        at: range(measure(a) == nil ? left : right))
    }
    return quantity(binary, x, y)
  }

  private func integer(_ binary: BinaryOperator, _ a: Int64, _ b: Int64) -> Int64? {
    if b == 0, binary == .div || binary == .mod { return nil }
    let (value, overflow) =
      switch binary {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      case .div: a.dividedReportingOverflow(by: b)
      default: a.remainderReportingOverflow(dividingBy: b)
      }
    return overflow ? nil : value
  }

  private mutating func number(_ binary: BinaryOperator, _ a: ExactDecimal, _ b: ExactDecimal) -> Items {
    switch binary {
    case .add: decimal(a + b)
    case .subtract: decimal(a - b)
    case .multiply: decimal(a * b)
    case .divide: decimal(a / b)
    case .mod: decimal(a % b)
    default: ExactDecimal.wholeQuotient(a, b).map { .one(.integer($0)) } ?? .empty
    }
  }

  /// A computed decimal, written out.
  mutating func decimal(_ value: ExactDecimal?) -> Items {
    guard let value else { return .empty }
    return .one(.text(forest.append(value.description), .decimal))
  }

  mutating func negated(_ step: StepID) throws(FormulaFault) -> Items {
    guard let item = try single(step) else { return .empty }
    if case .integer(let value) = item {
      let (negative, overflow) = Int64(0).subtractingReportingOverflow(value)
      return overflow ? .empty : .one(.integer(negative))
    }
    guard let value = measure(item) else {
      throw .type(description(item), expected: "a number", at: range(step))
    }
    let negative = ExactDecimal(digits: -value.number.digits, scale: value.number.scale)
    if case .text = item { return decimal(negative) }
    return made(negative, value.unit)
  }
}
