/// Reads a regular expression of XML Schema.
struct PatternReader {
  private var rest: Substring.UnicodeScalarView

  /// `nil` when the expression is none or has what is not followed.
  static func read(_ source: String) -> CharacterPattern.Part? {
    var reader = PatternReader(rest: source[...].unicodeScalars)
    guard let part = reader.choice(), reader.rest.isEmpty else { return nil }
    return part
  }

  private mutating func choice() -> CharacterPattern.Part? {
    guard let first = sequence() else { return nil }
    var all = [first]
    while rest.first == "|" {
      rest.removeFirst()
      guard let next = sequence() else { return nil }
      all.append(next)
    }
    return all.count == 1 ? first : .choice(all)
  }

  private mutating func sequence() -> CharacterPattern.Part? {
    var parts: [CharacterPattern.Part] = []
    while let next = rest.first, next != "|", next != ")" {
      guard let atom = atom(), let part = quantified(atom) else { return nil }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private mutating func atom() -> CharacterPattern.Part? {
    guard let first = rest.popFirst() else { return nil }
    switch first {
    case "(":
      guard let inside = choice(), rest.popFirst() == ")" else { return nil }
      return inside
    case "[": return characterClass().map { .one($0) }
    case "\\": return escape().map { .one($0) }
    case ".": return .one(.anyButBreaks)
    case "^", "$", "?", "*", "+", "{", "}", "]": return nil
    default: return .one(ScalarSet(first))
    }
  }

  private mutating func quantified(_ part: CharacterPattern.Part) -> CharacterPattern.Part? {
    switch rest.first {
    case "?": bounded(part, 0, 1)
    case "*": bounded(part, 0, nil)
    case "+": bounded(part, 1, nil)
    case "{": counted(part)
    default: part
    }
  }

  private mutating func bounded(
    _ part: CharacterPattern.Part, _ least: Int, _ most: Int?
  ) -> CharacterPattern.Part {
    rest.removeFirst()
    return .repeated(part, least: least, most: most)
  }

  /// `{n}`, `{n,}` or `{n,m}`.
  private mutating func counted(_ part: CharacterPattern.Part) -> CharacterPattern.Part? {
    guard let end = rest.firstIndex(of: "}") else { return nil }
    let counts = String(rest[rest.index(after: rest.startIndex)..<end]).split(
      separator: ",", omittingEmptySubsequences: false)
    rest = rest[rest.index(after: end)...]
    guard counts.count <= 2, let least = counts.first.flatMap({ Int($0) }), least >= 0 else { return nil }
    if counts.count == 2, counts[1].isEmpty { return .repeated(part, least: least, most: nil) }
    guard let most = counts.last.flatMap({ Int($0) }), least <= most else { return nil }
    return .repeated(part, least: least, most: most)
  }
}

// MARK: Sets of characters

extension PatternReader {
  /// `\d`, `\s`, `\n`, `\r`, `\t`, or a character that means itself.
  private mutating func escape() -> ScalarSet? {
    switch rest.popFirst() {
    case "d": return .digits
    case "D": return ScalarSet.digits.complement
    case "s": return .spaces
    case "S": return ScalarSet.spaces.complement
    case "n": return ScalarSet("\n")
    case "r": return ScalarSet("\r")
    case "t": return ScalarSet("\t")
    case let scalar? where !scalar.properties.isAlphabetic: return ScalarSet(scalar)
    default: return nil
    }
  }

  /// Behind `[`.
  private mutating func characterClass() -> ScalarSet? {
    let isNegated = rest.first == "^"
    if isNegated { rest.removeFirst() }
    var set = ScalarSet([])
    while let next = rest.popFirst() {
      if next == "]" { return set.ranges.isEmpty ? nil : isNegated ? set.complement : set }
      guard let more = member(next) else { return nil }
      set = set.union(more)
    }
    return nil
  }

  /// A character, a range of them or an escape.
  private mutating func member(_ first: Unicode.Scalar) -> ScalarSet? {
    if first == "[" { return nil }
    if first == "\\" { return escape() }
    guard rest.first == "-", let last = rest.dropFirst().first, last != "]" else { return ScalarSet(first) }
    rest.removeFirst(2)
    guard last != "[", last != "\\", first.value <= last.value else { return nil }
    return ScalarSet([first.value...last.value])
  }
}
