import Documents

/// A number with a unit, ready to be compared and computed with.
struct Measure {
  var number: ExactDecimal
  var unit: QuantityUnit?
}

// Quantities: FHIRPath's own, FHIR's Quantity, and numbers, which are quantities without a unit (section 5.5).
extension Evaluation {
  /// A quantity as items tell it; `nil` for what is none.
  mutating func quantity(_ item: Item) -> Measure? {
    switch item {
    case .quantity(let number, let unit):
      return decimal(.text(number, .decimal)).map { Measure(number: $0, unit: unit) }
    case .node(let node, _) where forest[node].kind == .object: return quantity(of: node, item)
    default: return nil
    }
  }

  /// A quantity, or a number as one.
  mutating func measure(_ item: Item) -> Measure? {
    decimal(item).map { Measure(number: $0, unit: nil) } ?? quantity(item)
  }

  /// FHIR's Quantity: the code is UCUM's when the system says so or is missing; a comparator leaves the number open.
  private func quantity(of node: NodeID, _ item: Item) -> Measure? {
    guard let model = plan.model, let wanted = model.type(named: "Quantity"),
      model.isKind(type(of: item), of: wanted), text("comparator", of: node) == nil,
      let number = text("value", of: node), let value = decimal(.text(number, .decimal))
    else { return nil }
    let system = text("system", of: node).map { forest.string($0) }
    guard system == nil || system == "http://unitsofmeasure.org" else { return nil }
    guard let code = text("code", of: node) ?? text("unit", of: node) else {
      return Measure(number: value, unit: nil)
    }
    return Measure(number: value, unit: .ucum(code))
  }

  private func text(_ name: String, of node: NodeID) -> TextRange? {
    guard let id = forest.names.find(name), let child = forest.child(node, named: id), !isAbsent(child)
    else { return nil }
    return forest[child].text
  }

  /// How two quantities stand to each other; `nil` when their units measure different things.
  func order(_ a: Measure, _ b: Measure) -> Order? {
    if let (left, right) = months(a, b) { return left.order(to: right) }
    guard let left = unit(a.unit), let right = unit(b.unit) else { return nil }
    return Unit.order(a.number, left, b.number, right)
  }

  /// Years and months of the calendar have no fixed length; only each other's.
  private func months(_ a: Measure, _ b: Measure) -> (ExactDecimal, ExactDecimal)? {
    guard let left = months(a.unit), let right = months(b.unit), let x = a.number * ExactDecimal(left),
      let y = b.number * ExactDecimal(right)
    else { return nil }
    return (x, y)
  }

  private func months(_ unit: QuantityUnit?) -> Int64? {
    switch unit {
    case .calendar(.year): 12
    case .calendar(.month): 1
    default: nil
    }
  }

  /// The unit that is meant; `nil` for one that UCUM does not know, and for the calendar's years and months.
  func unit(_ unit: QuantityUnit?) -> Unit? {
    switch unit {
    case nil: Unit(ucum: "1")
    case .ucum(let code): Unit(ucum: forest.string(code))
    case .calendar(let unit): unit.ucum.flatMap { Unit(ucum: $0) }
    }
  }

  /// A computed quantity.
  mutating func made(_ number: ExactDecimal?, _ unit: QuantityUnit?) -> Items {
    guard let number else { return .empty }
    let text = forest.append(number.description)
    return .one(.quantity(text, unit ?? .ucum(forest.append("1"))))
  }
}

extension CalendarUnit {
  /// UCUM's unit of the same length.
  var ucum: String? {
    switch self {
    case .year, .month: nil
    case .week: "wk"
    case .day: "d"
    case .hour: "h"
    case .minute: "min"
    case .second: "s"
    case .millisecond: "ms"
    }
  }

  /// The unit that a code of UCUM means when it is added to a date.
  init?(ucum code: String) {
    guard let unit = Self.allCases.first(where: { $0.ucum == code }) else { return nil }
    self = unit
  }
}
