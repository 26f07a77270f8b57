// Texts that patterns describe.
extension PatternSyntax {
  /// Whether a scalar may stand somewhere in a match.
  func allows(_ scalar: UInt32) -> Bool {
    switch form {
    case .empty, .assertion: false
    case .scalar(let own): own == scalar
    case .set(let set): set.contains(scalar)
    case .any: true
    case .group(let content, _): content.allows(scalar)
    case .sequence(let parts), .alternatives(let parts): parts.contains { $0.allows(scalar) }
    case .repetition(let repetition): repetition.part.allows(scalar)
    }
  }

  func sample(_ below: (Int) -> Int) -> String {
    switch form {
    case .empty, .assertion: ""
    case .scalar(let scalar): Unicode.Scalar(scalar).map(String.init) ?? ""
    case .set(let set): set.sample(below)
    case .any: "x"
    case .group(let content, _): content.sample(below)
    case .sequence(let parts): parts.map { $0.sample(below) }.joined()
    case .alternatives(let parts): parts[below(parts.count)].sample(below)
    case .repetition(let repetition): repetition.sample(below)
    }
  }
}

extension PatternSyntax.Repetition {
  fileprivate func sample(_ below: (Int) -> Int) -> String {
    let most = quantifier.most ?? quantifier.least + 3
    return (0..<quantifier.least + below(most - quantifier.least + 1)).map { _ in part.sample(below) }
      .joined()
  }
}

extension ScalarSet {
  /// Letters and digits before other visible characters, and these before all others.
  private static let preferred: [ClosedRange<UInt32>] = [
    0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20...0x7E, 0xA1...0x24F, 0...ScalarSet.last,
  ]

  fileprivate func sample(_ below: (Int) -> Int) -> String {
    var found: [UInt32] = []
    for range in Self.preferred where found.count < 2 { found += range.lazy.filter(contains).prefix(100) }
    return found.isEmpty ? "" : Unicode.Scalar(found[below(found.count)]).map(String.init) ?? ""
  }
}
