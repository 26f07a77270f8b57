/// Reads the text of a substitution.
struct SubstitutionReader: ScalarReader {
  let text: [Unicode.Scalar]
  var at = 0
  private let pattern: Pattern
  private var parts: [Substitution.Part] = []
  private var literal: [UInt8] = []

  init(_ text: String, _ pattern: Pattern) {
    self.text = Array(text.unicodeScalars)
    self.pattern = pattern
  }

  mutating func read() throws(PatternFault) -> [Substitution.Part] {
    while let next = peek() {
      at += 1
      if next == "$", peek() != "$" {
        try reference()
      } else {
        literal.append(contentsOf: (escaped(by: next) ?? next).utf8)
      }
    }
    endLiteral()
    return parts
  }

  /// What stands for itself after a `$` or a `\`.
  private mutating func escaped(by mark: Unicode.Scalar) -> Unicode.Scalar? {
    guard mark == "$" || mark == "\\", let next = peek(), next == "$" || next == mark else { return nil }
    at += 1
    return next
  }

  private mutating func endLiteral() {
    if !literal.isEmpty { parts.append(.text(literal)) }
    literal = []
  }

  private mutating func reference() throws(PatternFault) {
    endLiteral()
    let start = at - 1
    guard let group = skip("{") ? try braced() : bare() else {
      throw .expected("the number or the `{name}` of a group; `$$` is a dollar", at: start)
    }
    parts.append(.group(group))
  }

  /// The number after a `$`: as many digits as make the number of a group.
  private mutating func bare() -> Int? {
    guard var number = digit, number <= pattern.groupCount else { return nil }
    at += 1
    while let digit, number * 10 + digit <= pattern.groupCount {
      number = number * 10 + digit
      at += 1
    }
    return number
  }

  private var digit: Int? {
    peek().flatMap { $0.isDigit ? Int($0.value) - 0x30 : nil }
  }

  private mutating func braced() throws(PatternFault) -> Int? {
    let name = take { $0 != "}" }
    guard skip("}") else { throw .expected("a `}` after the group", at: at) }
    return pattern.groupNames[name] ?? Int(name).flatMap { (0...pattern.groupCount).contains($0) ? $0 : nil }
  }
}
