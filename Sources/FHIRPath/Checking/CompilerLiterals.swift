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
    case .quantity: throw .expected("a number without a unit; quantities are not supported yet", at: range)
    }
  }

  mutating func nothing(at range: Range<Int>) -> Checked {
    var checked = add(.nothing, .unknown, at: range)
    checked.isNothing = true
    return checked
  }
}
