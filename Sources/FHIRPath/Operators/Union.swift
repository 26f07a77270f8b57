// `|`, section 6.4.1.
extension Evaluation {
  mutating func union(_ left: StepID, _ right: StepID, at step: StepID) throws(FormulaFault) -> Items {
    var all = try items(left)
    all.append(try items(right))
    return try distinct(all, at: step)
  }

  /// The items without those equal to an earlier one.
  mutating func distinct(_ items: Items, at step: StepID) throws(FormulaFault) -> Items {
    guard case .many(let items) = items else { return items }
    var kept = Items.empty
    for item in items {
      try spend(kept.count, at: step)
      if !holds(kept, item) { kept.append(item) }
    }
    return kept
  }
}
