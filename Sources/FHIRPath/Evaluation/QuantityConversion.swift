import Documents

// `toQuantity`, section 5.5.
extension Evaluation {
  /// A number, truth value, quantity or string as a quantity; `nil` for anything else.
  mutating func quantity(from item: Item) -> Item? {
    switch item {
    case .quantity: return item
    case .boolean(let value):
      return .quantity(forest.append(value ? "1.0" : "0.0"), .ucum(forest.append("1")))
    case .text(let text, .string): return quantity(reading: forest.string(text))
    default:
      guard let measure = measure(item) else { return nil }
      return made(measure.number, measure.unit).first
    }
  }

  /// `10 'mg'`, `4 days`, `1.5`
  private mutating func quantity(reading text: String) -> Item? {
    let number = text.prefix { $0.isNumber || $0 == "." || $0 == "+" || $0 == "-" }
    let unit = text.dropFirst(number.count).drop(while: \.isWhitespace)
    let unsigned = number.hasPrefix("+") ? number.dropFirst() : number
    guard ExactDecimal(String(unsigned)) != nil else { return nil }
    let value = forest.append(String(unsigned))
    if unit.isEmpty { return .quantity(value, .ucum(forest.append("1"))) }
    if unit.count > 2, unit.hasPrefix("'"), unit.hasSuffix("'") {
      return .quantity(value, .ucum(forest.append(String(unit.dropFirst().dropLast()))))
    }
    return CalendarUnit(keyword: String(unit)).map { .quantity(value, .calendar($0)) }
  }

  /// A quantity in another unit; empty when that measures something else.
  mutating func converted(_ item: Item, to code: TextRange) -> Items {
    guard let measure = quantity(item), let from = unit(measure.unit),
      let to = Unit(ucum: forest.string(code)),
      let number = from.convert(measure.number, to: to)
    else { return .empty }
    return made(number, .ucum(code))
  }
}
