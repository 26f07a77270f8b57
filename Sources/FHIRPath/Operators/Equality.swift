import Documents

// `=` and `!=`, section 6.1.
extension Evaluation {
  /// Whether two collections have equal items in the same order; empty when one is empty or a date leaves it
  /// open.
  mutating func equality(_ left: StepID, _ right: StepID) throws(FormulaFault) -> Bool? {
    let (a, b) = (try items(left), try items(right))
    switch (a, b) {
    case (.empty, _), (_, .empty): return nil
    case (.one(let a), .one(let b)): return equal(a, b)
    case (.many(let a), .many(let b)) where a.count == b.count:
      try spend(a.count, at: left)
      return equal(a, b)
    default: return false
    }
  }

  private mutating func equal(_ a: [Item], _ b: [Item]) -> Bool? {
    var isOpen = false
    for (a, b) in zip(a, b) {
      switch equal(a, b) {
      case false: return false
      case nil: isOpen = true
      default: continue
      }
    }
    return isOpen ? nil : true
  }

  /// Whether two items are equal; `nil` when the precision of dates or the units leave it open.
  mutating func equal(_ a: Item, _ b: Item) -> Bool? {
    switch (value(a), value(b)) {
    case (.text(let a, .string), .text(let b, .string)): return forest.equal(a, b)
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.integer(let a), .integer(let b)): return a == b
    case (.type(let a), .type(let b)): return a == b
    case (.extended(_, let a, _), .extended(_, let b, _)): return forest.same(a, b)
    case (.node(let a, _), .node(let b, _)) where forest.same(a, b): return true
    case (let a, let b): return equalMeasuresOrDates(a, b)
    }
  }

  private mutating func equalMeasuresOrDates(_ a: Item, _ b: Item) -> Bool? {
    if let a = decimal(a), let b = decimal(b) { return a.order(to: b) == .same }
    if let left = calendarTime(a), let right = calendarTime(b) {
      return areComparable(a, b) ? left.order(to: right).map { $0 == .same } : false
    }
    guard let left = measure(a), let right = measure(b) else { return false }
    return order(left, right).map { $0 == .same }
  }

  func areComparable(_ a: Item, _ b: Item) -> Bool {
    guard case .text(_, let a) = a, case .text(_, let b) = b else { return true }
    return a.isComparable(with: b)
  }
}
