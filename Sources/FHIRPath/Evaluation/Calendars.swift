import Documents

// Dates and times made of other values.
extension Evaluation {
  /// A date, dateTime or time of a string or another one; empty when it is none.
  mutating func calendar(_ item: Item, as type: SystemType) -> Items {
    guard case .text(let text, let found) = item else { return .empty }
    if found == type { return .one(item) }
    switch (found, type) {
    case (.string, _):
      let isValid = forest.text.withElements { CalendarTime($0[text.indices], type) != nil }
      return isValid ? .one(.text(text, type)) : .empty
    case (.date, .dateTime): return .one(.text(text, .dateTime))
    case (.dateTime, .date): return cut(text, to: .date)
    default: return .empty
    }
  }

  private mutating func cut(_ text: TextRange, to type: SystemType) -> Items {
    guard var time = calendarTime(.text(text, .dateTime)) else { return .empty }
    time.precision = min(time.precision, .day)
    return made(time, type)
  }

  /// The named input time, or its date or time of day.
  mutating func now(as type: SystemType) -> Items {
    let text = environment.now
    guard text.length > 0 else { return .empty }
    guard type != .dateTime, let time = calendarTime(.text(text, .dateTime)) else {
      return .one(.text(text, .dateTime))
    }
    return type == .date ? cut(text, to: .date) : made(time, .time)
  }

  /// The least or greatest value that is meant by one of this precision.
  mutating func boundary(of item: Item, isHigh: Bool, digits: Int?) -> Items {
    if let time = calendarTime(item), case .text(_, let type) = item {
      return made(time.boundary(isHigh: isHigh, digits: digits, type), type)
    }
    guard let measure = measure(item) else { return .empty }
    let number = measure.number.boundary(isHigh: isHigh, places: digits ?? 8)
    return quantity(item) == nil ? decimal(number) : made(number, measure.unit)
  }
}
