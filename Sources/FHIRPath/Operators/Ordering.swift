import Documents

// `<`, `<=`, `>`, `>=`, section 6.2.
extension Evaluation {
  mutating func ordering(
    _ binary: BinaryOperator, _ left: StepID, _ right: StepID
  ) throws(FormulaFault) -> Bool? {
    guard let a = try single(left), let b = try single(right), let order = try order(a, b, at: right)
    else { return nil }
    switch binary {
    case .less: return order == .before
    case .lessOrEqual: return order != .after
    case .greater: return order == .after
    default: return order != .before
    }
  }

  mutating func order(_ a: Item, _ b: Item, at step: StepID) throws(FormulaFault) -> Order? {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): return Order(a, b)
    case (.text(let a, .string), .text(let b, .string)): return forest.order(a, b)
    default: break
    }
    if let a = decimal(a), let b = decimal(b) { return a.order(to: b) }
    if let left = measure(a), let right = measure(b) { return order(left, right) }
    guard let left = calendarTime(a), let right = calendarTime(b), areComparable(a, b) else {
      throw .type(description(b), expected: "\(description(a)) to compare with", at: range(step))
    }
    return left.order(to: right)
  }
}

extension Forest {
  /// Strings by their characters' numbers, which is the order of their bytes.
  fileprivate func order(_ a: TextRange, _ b: TextRange) -> Order {
    text.withElements { bytes in
      let (a, b) = (bytes[a.indices], bytes[b.indices])
      if a.lexicographicallyPrecedes(b) { return .before }
      return a.elementsEqual(b) ? .same : .after
    }
  }
}
