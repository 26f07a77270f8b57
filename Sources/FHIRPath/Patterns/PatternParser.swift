/// Reads PCRE's syntax, as far as it can be matched without going back.
struct PatternParser: ScalarReader {
  /// How deep groups may be nested.
  static let depthLimit = 100

  let text: [Unicode.Scalar]
  var at = 0
  var flags = PatternFlags()
  var groupCount = 0
  var groupNames: [String: Int] = [:]
  var depth = 0
  private var repetitions = 0

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  mutating func parse() throws(PatternFault) -> PatternSyntax {
    let syntax = try alternatives()
    guard at == text.count else { throw .expected("a `(` before this `)`", at: at) }
    return syntax
  }

  /// What stands in a group or is the whole pattern; ends before a `)`.
  mutating func alternatives() throws(PatternFault) -> PatternSyntax {
    var alternatives = [try sequence()]
    while skip("|") { alternatives.append(try sequence()) }
    return .alternatives(alternatives)
  }

  private mutating func sequence() throws(PatternFault) -> PatternSyntax {
    var parts: [PatternSyntax] = []
    skipSpace()
    while let next = peek(), next != "|", next != ")" {
      parts.append(try repeated())
      skipSpace()
    }
    return .sequence(parts)
  }

  private mutating func repeated() throws(PatternFault) -> PatternSyntax {
    let part = try atom()
    skipSpace()
    guard let quantifier = try quantifier() else { return part }
    repetitions += 1
    return .repetition(part, quantifier, number: repetitions)
  }

  private mutating func atom() throws(PatternFault) -> PatternSyntax {
    guard let next = peek() else { return .empty }
    if ["*", "+", "?"].contains(next) || bounds() != nil {
      throw .expected("something to repeat before the quantifier", at: at)
    }
    at += 1
    switch next {
    case "(": return try group()
    case "[": return .set(try characterClass())
    case "\\": return try escape()
    case ".": return flags.dotMatchesNewline ? .any : .set(ScalarSet.newline.inverted)
    case "^": return .assertion(flags.matchesLines ? .lineStart : .textStart)
    case "$": return .assertion(flags.matchesLines ? .lineEnd : .textEnd)
    default: return literal(next)
    }
  }

  func literal(_ scalar: Unicode.Scalar) -> PatternSyntax {
    guard flags.ignoresCase else { return .scalar(scalar.value) }
    let forms = ScalarSet(CaseFolding.closure(of: [scalar.value...scalar.value]))
    return forms.ranges == [scalar.value...scalar.value] ? .scalar(scalar.value) : .set(forms)
  }

  /// White space and comments, with the flag `x`.
  private mutating func skipSpace() {
    guard flags.ignoresSpace else { return }
    while let next = peek() {
      if next == "#" {
        _ = take { $0 != "\n" }
      } else if next.isPatternSpace {
        at += 1
      } else {
        return
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isPatternSpace: Bool { self == " " || ("\t"..."\r").contains(self) }
}
