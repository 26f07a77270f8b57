// What `subsetOf` and `supersetOf` share.
extension Evaluation {
  mutating func areAll(_ items: Items, in others: Items, at step: StepID) throws(FormulaFault) -> Bool {
    for index in 0..<items.count {
      try spend(others.count, at: step)
      if !holds(others, items[index]) { return false }
    }
    return true
  }
}
