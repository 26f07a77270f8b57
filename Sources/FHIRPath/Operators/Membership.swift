// `in` and `contains`, section 6.4.
extension Evaluation {
  mutating func membership(of step: StepID, in collection: StepID) throws(FormulaFault) -> Bool? {
    guard let item = try single(step) else { return nil }
    let items = try items(collection)
    try spend(items.count, at: collection)
    return holds(items, item)
  }

  /// Whether a collection has an item equal to another.
  mutating func holds(_ items: Items, _ item: Item) -> Bool {
    for index in 0..<items.count where equal(items[index], item) == true { return true }
    return false
  }
}
