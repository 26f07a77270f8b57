import Documents

// `~` and `!~`, section 6.1.2.
extension Evaluation {
  /// Whether two collections have equivalent items in any order; two empty ones have.
  mutating func equivalence(_ left: StepID, _ right: StepID) throws(FormulaFault) -> Bool {
    let (a, b) = (try items(left), try items(right))
    guard a.count == b.count else { return false }
    var unmatched = Array(0..<b.count)
    for index in 0..<a.count {
      try spend(unmatched.count, at: left)
      var match: Int?
      for (place, other) in unmatched.enumerated() where equivalent(a[index], b[other]) {
        match = place
        break
      }
      guard let match else { return false }
      unmatched.remove(at: match)
    }
    return true
  }

  /// Strings without regard to case and kind of white space, decimals as precise as the less precise one,
  /// dates
  /// only of the same precision.
  private mutating func equivalent(_ a: Item, _ b: Item) -> Bool {
    let (a, b) = (value(a), value(b))
    if case .text(let a, .string) = a, case .text(let b, .string) = b {
      return forest.equal(a, b) || forest.loose(a) == forest.loose(b)
    }
    if let a = decimal(a)?.trimmed, let b = decimal(b)?.trimmed { return areEquivalent(a, b) }
    if let a = quantity(a), let b = quantity(b) { return areEquivalent(a, b) }
    return equal(a, b) ?? false
  }

  private func areEquivalent(_ a: ExactDecimal, _ b: ExactDecimal) -> Bool {
    let places = min(a.scale, b.scale)
    return a.rounded(to: places).order(to: b.rounded(to: places)) == .same
  }

  /// Here a year is as long as UCUM's `a`, a month as `mo`.
  private func areEquivalent(_ a: Measure, _ b: Measure) -> Bool {
    if order(a, b) == .same { return true }
    if a.unit == b.unit || hasSameCode(a.unit, b.unit) {
      return areEquivalent(a.number.trimmed, b.number.trimmed)
    }
    if unit(a.unit) != nil, unit(b.unit) != nil { return false }
    let (left, right) = (definite(a), definite(b))
    guard let from = left.unit, let to = right.unit, let number = from.convert(left.number, to: to)
    else { return false }
    return areEquivalent(number.trimmed, right.number.trimmed)
  }

  private func hasSameCode(_ a: QuantityUnit?, _ b: QuantityUnit?) -> Bool {
    if case .ucum(let a)? = a, case .ucum(let b)? = b { forest.equal(a, b) } else { false }
  }

  private func definite(_ measure: Measure) -> (number: ExactDecimal, unit: Unit?) {
    switch measure.unit {
    case .calendar(.year): (measure.number, Unit(ucum: "a"))
    case .calendar(.month): (measure.number, Unit(ucum: "mo"))
    default: (measure.number, unit(measure.unit))
    }
  }
}

extension Forest {
  fileprivate func loose(_ text: TextRange) -> String {
    String(string(text).lowercased().map { $0.isWhitespace ? " " : $0 })
  }
}
