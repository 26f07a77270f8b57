import Documents

// What functions ask of their calls.
extension Evaluation {
  mutating func input(_ call: Call) throws(FormulaFault) -> Items { try items(call.input) }

  func step(_ argument: Int, of call: Call) -> StepID { operands[Int(call.firstArgument) + argument] }

  mutating func argument(_ argument: Int, of call: Call) throws(FormulaFault) -> Items {
    try items(step(argument, of: call))
  }

  mutating func string(_ argument: Int, of call: Call) throws(FormulaFault) -> TextRange? {
    try string(step(argument, of: call))
  }

  mutating func integer(_ argument: Int, of call: Call) throws(FormulaFault) -> Int64? {
    try integer(step(argument, of: call))
  }

  /// An integer argument as a number of items, negative ones as zero.
  mutating func count(_ argument: Int, of call: Call) throws(FormulaFault) -> Int? {
    try integer(argument, of: call).map { Int(max(0, min($0, Int64(Int32.max)))) }
  }

  /// Whether a criterion holds for one item of the input.
  mutating func criterion(
    _ argument: Int, of call: Call, for item: Item, at index: Int
  ) throws(FormulaFault) -> Bool? {
    let outer = focus
    focus = Focus(this: item, index: Int64(index))
    defer { focus = outer }
    return try condition(step(argument, of: call))
  }

  /// What a projection makes of one item of the input.
  mutating func projection(
    _ argument: Int, of call: Call, for item: Item, at index: Int
  ) throws(FormulaFault) -> Items {
    let outer = focus
    focus = Focus(this: item, index: Int64(index))
    defer { focus = outer }
    return try items(step(argument, of: call))
  }

  /// New text as a string.
  mutating func made(_ text: String, by call: Call) throws(FormulaFault) -> Items {
    try spend(text: text.utf8.count, at: call.step)
    return .one(.text(forest.append(text), .string))
  }
}
