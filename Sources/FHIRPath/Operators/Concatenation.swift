import Documents

// `&`, and `+` on strings, section 6.6.
extension Evaluation {
  /// Puts two strings together, an absent one as no characters.
  mutating func concatenation(_ left: StepID, _ right: StepID, at step: StepID) throws(FormulaFault) -> Items
  {
    let a = try string(left) ?? .empty
    return try joined(a, try string(right) ?? .empty, at: step)
  }

  mutating func joined(_ a: TextRange, _ b: TextRange, at step: StepID) throws(FormulaFault) -> Items {
    try spend(text: Int(a.length) + Int(b.length), at: step)
    let start = forest.text.count
    forest.text.append(copyOf: a.indices)
    forest.text.append(copyOf: b.indices)
    return .one(.text(TextRange(start: start, length: forest.text.count - start), .string))
  }
}
