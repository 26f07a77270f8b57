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
      guard let match = unmatched.firstIndex(where: { equivalent(a[index], b[$0]) }) else { return false }
      unmatched.remove(at: match)
    }
    return true
  }

  /// Strings without regard to case and kind of white space, decimals as precise as the less precise one,
  /// dates
  /// only of the same precision.
  private func equivalent(_ a: Item, _ b: Item) -> Bool {
    let (a, b) = (value(a), value(b))
    if case .text(let a, .string) = a, case .text(let b, .string) = b {
      return forest.equal(a, b) || forest.loose(a) == forest.loose(b)
    }
    if let a = decimal(a)?.trimmed, let b = decimal(b)?.trimmed {
      let places = min(a.scale, b.scale)
      return a.rounded(to: places).order(to: b.rounded(to: places)) == .same
    }
    return equal(a, b) ?? false
  }
}

extension Forest {
  fileprivate func loose(_ text: TextRange) -> String {
    String(string(text).lowercased().map { $0.isWhitespace ? " " : $0 })
  }
}
