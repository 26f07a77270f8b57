// Character classes: what follows a `[`, which has been read.
extension PatternParser {
  mutating func characterClass() throws(PatternFault) -> ScalarSet {
    let start = at - 1
    let isNegated = skip("^")
    var content = ClassContent()
    var isFirst = true
    while isFirst || peek() != "]" {
      guard peek() != nil else { throw .expected("a `]` for this `[`", at: start) }
      try readItem(into: &content)
      isFirst = false
    }
    at += 1
    var set = content.set(ignoringCase: flags.ignoresCase)
    set.isNegated = isNegated
    return set
  }

  /// What a class names: single characters and ranges, which have case, and sets, which don't.
  private struct ClassContent {
    var ranges: [ClosedRange<UInt32>] = []
    var sets: Set<ScalarSet> = []

    func set(ignoringCase: Bool) -> ScalarSet {
      var set = ScalarSet(ignoringCase ? CaseFolding.closure(of: ranges) : ranges)
      for other in sets { set.insert(other) }
      return set
    }
  }

  private mutating func readItem(into content: inout ClassContent) throws(PatternFault) {
    switch try classItem() {
    case .set(let set):
      guard !isRange else { throw .expected("a character before the range's `-`", at: at) }
      content.sets.insert(set)
    case .scalar(let first):
      content.ranges.append(first.value...(try rangeEnd(after: first)).value)
    }
  }

  /// Whether a `-` follows that isn't the class's last character.
  private var isRange: Bool { peek() == "-" && peek(1) != "]" && peek(1) != nil }

  private mutating func rangeEnd(after first: Unicode.Scalar) throws(PatternFault) -> Unicode.Scalar {
    guard isRange else { return first }
    at += 1
    let start = at
    guard case .scalar(let last) = try classItem() else {
      throw .expected("a character after the range's `-`", at: start)
    }
    guard first <= last else { throw .expected("the range's smaller character first", at: start) }
    return last
  }

  private mutating func classItem() throws(PatternFault) -> Escaped {
    if peek() == "[", let mark = peek(1), [":", ".", "="].contains(mark), let named = try posixClass(mark) {
      return .set(named)
    }
    guard let next = peek() else { throw .expected("a character", at: at) }
    at += 1
    guard next == "\\" else { return .scalar(next) }
    guard !skip("b") else { return .scalar("\u{08}") }
    return try escaped()
  }

  /// `[:name:]` or `[:^name:]`; nil when what looks like the start of one is not closed like one.
  private mutating func posixClass(_ mark: Unicode.Scalar) throws(PatternFault) -> ScalarSet? {
    let start = at
    at += 2
    let isNegated = skip("^")
    let name = take { $0.isPatternLetter }
    guard peek() == mark, peek(1) == "]" else {
      at = start
      return nil
    }
    guard mark == ":" else { throw .unsupported("a collating element", at: start) }
    let ignoresCase = flags.ignoresCase && ["lower", "upper"].contains(name)
    guard let set = ScalarSet.named(byPOSIX: ignoresCase ? "alpha" : name) else {
      throw .expected("the name of a POSIX class", at: start)
    }
    at += 2
    return isNegated ? set.inverted : set
  }
}
