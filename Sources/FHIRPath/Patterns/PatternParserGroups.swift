// Groups and flags: what follows a `(`, which has been read.
extension PatternParser {
  mutating func group() throws(PatternFault) -> PatternSyntax {
    guard skip("?") else { return try capture(named: nil) }
    switch peek() {
    case ":": return try content(afterSkipping: 1)
    case "#": return try comment()
    case "<" where peek(1) != "=" && peek(1) != "!": return try namedCapture(afterSkipping: 1)
    case "P" where peek(1) == "<": return try namedCapture(afterSkipping: 2)
    default: return try flagged()
    }
  }

  private mutating func capture(named name: String?) throws(PatternFault) -> PatternSyntax {
    guard groupCount < Pattern.groupLimit else { throw PatternFault(problem: .tooLarge, position: at - 1) }
    groupCount += 1
    let number = groupCount
    if let name { groupNames[name] = number }
    return .group(try content(), number: number)
  }

  private mutating func namedCapture(afterSkipping width: Int) throws(PatternFault) -> PatternSyntax {
    at += width
    let start = at
    let name = take { $0.isPatternLetter || $0.isDigit || $0 == "_" }
    guard let first = name.unicodeScalars.first, !first.isDigit else {
      throw .expected("a group's name of letters, digits and `_`", at: start)
    }
    guard groupNames[name] == nil else { throw .expected("another name; `\(name)` is taken", at: start) }
    guard skip(">") else { throw .expected("a `>` after the group's name", at: at) }
    return try capture(named: name)
  }

  /// A group's content and its `)`; flags set inside end with it.
  private mutating func content(afterSkipping width: Int = 0) throws(PatternFault) -> PatternSyntax {
    at += width
    guard depth < Self.depthLimit else { throw PatternFault(problem: .tooLarge, position: at) }
    let outside = flags
    depth += 1
    defer {
      flags = outside
      depth -= 1
    }
    return try closed(try alternatives())
  }

  private mutating func closed(_ content: PatternSyntax) throws(PatternFault) -> PatternSyntax {
    guard skip(")") else { throw .expected("a `)`", at: at) }
    return content
  }

  private mutating func comment() throws(PatternFault) -> PatternSyntax {
    _ = take { $0 != ")" }
    return try closed(.empty)
  }

  /// `(?i-s)` for the rest of the group around, or `(?i-s:…)`.
  private mutating func flagged() throws(PatternFault) -> PatternSyntax {
    let outside = flags
    let start = at
    var value = true
    while peek() != ":", peek() != ")" {
      if value, skip("-") {
        value = false
      } else if flags.set(peek(), to: value) {
        at += 1
      } else {
        throw notAGroup(start)
      }
    }
    if skip(")") { return .empty }
    defer { flags = outside }
    return try content(afterSkipping: 1)
  }

  /// Why what follows `(?` is no group.
  private func notAGroup(_ start: Int) -> PatternFault {
    let second = start + 1 < text.count ? text[start + 1] : nil
    switch start < text.count ? text[start] : nil {
    case "=", "!", "<": return .unsupported("a look around", at: start)
    case ">": return .unsupported("an atomic group", at: start)
    case "(": return .unsupported("a condition", at: start)
    case "|": return .unsupported("a branch reset", at: start)
    case "P" where second == "=": return .unsupported("a back reference", at: start)
    case "P" where second == ">", "R", "&", "+", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9":
      return .unsupported("a recursion", at: start)
    default: return .expected("one of `:`, `<name>` and the flags `i`, `m`, `s`, `x`", at: at)
    }
  }
}

extension Unicode.Scalar {
  var isPatternLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
