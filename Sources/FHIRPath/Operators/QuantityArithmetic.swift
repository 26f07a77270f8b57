import Documents

// `+ - * /` on quantities, and durations on dates (section 6.6 and 6.7).
extension Evaluation {
  mutating func quantity(_ binary: BinaryOperator, _ a: Measure, _ b: Measure) -> Items {
    switch binary {
    case .add, .subtract: sum(a, b, forward: binary == .add)
    case .multiply: made(a.number * b.number, product(a.unit, b.unit, divides: false))
    case .divide: made(a.number / b.number, product(a.unit, b.unit, divides: true))
    default: .empty
    }
  }

  /// In the unit of the left one.
  private mutating func sum(_ a: Measure, _ b: Measure, forward: Bool) -> Items {
    guard let number = number(of: b, in: a) else { return .empty }
    return made(forward ? a.number + number : a.number - number, a.unit)
  }

  private func number(of measure: Measure, in other: Measure) -> ExactDecimal? {
    if case .calendar(let a)? = measure.unit, case .calendar(let b)? = other.unit, a == b {
      return measure.number
    }
    guard let from = unit(measure.unit), let to = unit(other.unit) else { return nil }
    return from.convert(measure.number, to: to)
  }

  private mutating func product(_ a: QuantityUnit?, _ b: QuantityUnit?, divides: Bool) -> QuantityUnit? {
    if b == nil { return a }
    let (left, right) = (code(a), code(b))
    let made = divides ? Unit.code(of: left, dividedBy: right) : Unit.code(of: left, times: right)
    return made.map { .ucum(forest.append($0)) }
  }

  private func code(_ unit: QuantityUnit?) -> String {
    switch unit {
    case nil: "1"
    case .ucum(let code): forest.string(code)
    case .calendar(let unit): unit.ucum ?? unit.rawValue
    }
  }

  /// A date or time moved by a duration. UCUM's years and months have another length than the calendar's.
  mutating func moved(
    _ time: CalendarTime, _ type: SystemType, by duration: Item, forward: Bool, at step: StepID
  ) throws(FormulaFault) -> Items {
    guard let measure = quantity(duration), let unit = measure.unit, let unit = calendarUnit(unit) else {
      throw .type(
        description(duration), expected: "a duration such as 3 days or 10 'min'", at: range(step))
    }
    let amount =
      forward ? measure.number : ExactDecimal(digits: -measure.number.digits, scale: measure.number.scale)
    return made(time.adding(amount, unit, to: type), type)
  }

  private func calendarUnit(_ unit: QuantityUnit) -> CalendarUnit? {
    switch unit {
    case .calendar(let unit): unit
    case .ucum(let code):
      CalendarUnit(ucum: forest.string(code)) ?? CalendarUnit(keyword: forest.string(code))
    }
  }

  /// A computed date or time, written out.
  mutating func made(_ time: CalendarTime?, _ type: SystemType) -> Items {
    guard let time else { return .empty }
    return .one(.text(forest.append(time.written(as: type)), type))
  }
}
