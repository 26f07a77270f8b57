// Literals, section 4.1.
extension Compiler {
  mutating func check(_ literal: Literal, at range: Range<Int>) throws(FormulaFault) -> Checked {
    switch literal {
    case .empty: return nothing(at: range)
    case .boolean(let value): return add(.boolean(value), .value(.boolean), at: range)
    case .integer(let value): return add(.integer(value), .value(.integer), at: range)
    case .string(let text): return add(constant: text, .string, at: range)
    case .decimal(let text): return add(constant: text, .decimal, at: range)
    case .date(let text): return add(constant: text, .date, at: range)
    case .dateTime(let text): return add(constant: text, .dateTime, at: range)
    case .time(let text): return add(constant: text, .time, at: range)
    case .quantity(let number, let unit): return try quantity(number, unit, at: range)
    case .duration(let number, let unit):
      return add(.quantity(plan.add(constant: number), .calendar(unit)), .value(.quantity), at: range)
    }
  }

  private mutating func quantity(
    _ number: String, _ unit: String, at range: Range<Int>
  ) throws(FormulaFault) -> Checked {
    if isStrict, Unit(ucum: unit) == nil {
      throw .expected("a unit of UCUM, such as 'mg' or 'min'", at: range)
    }
    let parts = (plan.add(constant: number), plan.add(constant: unit))
    return add(.quantity(parts.0, .ucum(parts.1)), .value(.quantity), at: range)
  }

  mutating func nothing(at range: Range<Int>) -> Checked {
    var checked = add(.nothing, .unknown, at: range)
    checked.isNothing = true
    return checked
  }
}
