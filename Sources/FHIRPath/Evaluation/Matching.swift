import Documents

// What the functions with regular expressions share.
extension Evaluation {
  /// The expression of an argument: prepared when it is a literal, else read now; `nil` for none.
  mutating func pattern(_ argument: Int, of call: Call) throws(FormulaFault) -> Pattern? {
    if call.prepared >= 0, case .pattern(let pattern) = plan.prepared[Int(call.prepared)] { return pattern }
    guard let text = try string(argument, of: call) else { return nil }
    do throws(PatternFault) {
      return try Pattern(forest.string(text))
    } catch {
      throw .expected(error.expectation, at: range(step(argument, of: call)))
    }
  }

  /// Whether a regular expression fits the input in some way.
  mutating func fits(
    _ call: Call, _ test: (Pattern, UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(FormulaFault) -> Items {
    guard let text = try string(call.input), let pattern = try pattern(0, of: call) else { return .empty }
    try spend(matching: text, pattern, at: call.step)
    return .boolean(
      forest.text.withElements { test(pattern, UnsafeBufferPointer(rebasing: $0[text.indices])) })
  }

  /// Counts the work of one pass over a text.
  mutating func spend(matching text: TextRange, _ pattern: Pattern, at step: StepID) throws(FormulaFault) {
    try spend(1 + Int(text.length) * max(1, pattern.cost) / 64, at: step)
  }

  private func substitution(
    _ text: String, _ pattern: Pattern, at call: Call
  ) throws(FormulaFault) -> Substitution {
    do throws(PatternFault) {
      return try Substitution(text, for: pattern)
    } catch {
      throw .expected(error.expectation, at: range(step(1, of: call)))
    }
  }

  mutating func replaced(
    _ text: TextRange, _ pattern: Pattern, _ substitution: TextRange, at call: Call
  ) throws(FormulaFault) -> Items {
    let template = try self.substitution(forest.string(substitution), pattern, at: call)
    var made: [UInt8] = []
    var at = 0
    let bytes = forest.text[text]
    while at <= bytes.count {
      let search = bytes.withUnsafeBufferPointer { pattern.search($0, from: at) }
      // A search may read far beyond its match, and the next one reads that again.
      try spend(matching: TextRange(start: 0, length: search.end - at), pattern, at: call.step)
      guard let match = search.match, let whole = match[0] else { break }
      let before = made.count
      made += bytes[at..<whole.lowerBound]
      bytes.withUnsafeBufferPointer { template.append(match, of: $0, to: &made) }
      try spend(text: made.count - before, at: call.step)
      at = whole.upperBound
      if whole.isEmpty {
        let next = bytes[at...].dropFirst().firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count
        made += bytes[at..<next]
        at = at == bytes.count ? bytes.count + 1 : next
      }
    }
    if at < bytes.count { made += bytes[at...] }
    return .one(.text(forest.append(made), .string))
  }
}
