import Documents

// Singleton evaluation, section 4.5: where one value is needed, several are a fault and none is nothing.
extension Evaluation {
  /// The value of a step that gives at most one item.
  mutating func single(_ step: StepID) throws(FormulaFault) -> Item? {
    guard let item = try one(step) else { return nil }
    return value(item)
  }

  /// The item of a step that gives at most one, as it is.
  @inline(__always)
  mutating func one(_ step: StepID) throws(FormulaFault) -> Item? {
    switch try items(step) {
    case .empty: return nil
    case .one(let item): return item
    case .many(let items): throw several(items.count, at: step)
    }
  }

  func several(_ count: Int, at step: StepID) -> FormulaFault {
    .type("\(count) values", expected: "one value", at: range(step))
  }

  /// The value of the input, of which there may be only one.
  mutating func single(_ call: Call) throws(FormulaFault) -> Item? { try single(call.input) }

  func fault(_ item: Item, expected: SystemType, at step: StepID) -> FormulaFault {
    .type(description(item), expected: expected.rawValue, at: range(step))
  }

  /// A condition; one item that is no boolean counts as true.
  mutating func condition(_ step: StepID) throws(FormulaFault) -> Bool? {
    if let truth = try existence(step) { return truth }
    guard let item = try single(step) else { return nil }
    if case .boolean(let value) = item { return value }
    return true
  }

  /// What `exists()` and `empty()` say, which most conditions are.
  @inline(__always)
  private mutating func existence(_ step: StepID) throws(FormulaFault) -> Bool? {
    guard !isTraced, case .call(let function, let call) = operations[Int(step)], !call.has(0) else {
      return nil
    }
    switch function {
    case .exists: return try items(call.input).count > 0
    case .empty: return try items(call.input).count == 0
    default: return nil
    }
  }

  mutating func string(_ step: StepID) throws(FormulaFault) -> TextRange? {
    guard let item = try single(step) else { return nil }
    guard case .text(let text, .string) = item else { throw fault(item, expected: .string, at: step) }
    try spend(text: Int(text.length), at: step)
    return text
  }

  mutating func integer(_ step: StepID) throws(FormulaFault) -> Int64? {
    guard let item = try single(step) else { return nil }
    guard case .integer(let value) = item else { throw fault(item, expected: .integer, at: step) }
    return value
  }
}
