// `*`, `+`, `?`, `{n}`, `{n,}`, `{,m}` and `{n,m}`, each perhaps lazy.
extension PatternParser {
  /// PCRE's limit for the numbers in braces.
  private static let countLimit = 65_535

  mutating func quantifier() throws(PatternFault) -> PatternSyntax.Quantifier? {
    let start = at
    guard let (least, most) = symbol() ?? bounds() else { return nil }
    at += width(from: start)
    if let most, most < least { throw .expected("the smaller number first", at: start) }
    guard max(least, most ?? 0) <= Self.countLimit else {
      throw PatternFault(problem: .tooLarge, position: start)
    }
    let isLazy = skip("?")
    if peek() == "+" { throw .unsupported("a possessive quantifier", at: at) }
    if symbol() != nil || bounds() != nil { throw .expected("one quantifier; `(?:…)` holds another", at: at) }
    return PatternSyntax.Quantifier(least: least, most: most, isLazy: isLazy)
  }

  private func symbol() -> (Int, Int?)? {
    switch peek() {
    case "*": (0, nil)
    case "+": (1, nil)
    case "?": (0, 1)
    default: nil
    }
  }

  private func width(from start: Int) -> Int {
    guard text[start] == "{" else { return 1 }
    return (text[start...].firstIndex(of: "}") ?? start) - start + 1
  }

  /// The numbers of the braces here; braces with anything else are literals.
  func bounds() -> (Int, Int?)? {
    guard peek() == "{", let end = closingBrace else { return nil }
    let parts = text[at + 1..<end].split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.map(number)
    switch (numbers.count, numbers.first ?? nil, numbers.last ?? nil) {
    case (1, let count?, _): return (count, count)
    case (2, let least?, let most): return (least, most)
    case (2, nil, let most?): return (0, most)
    default: return nil
    }
  }

  /// Where the braces here end, when there are only digits and commas in them.
  private var closingBrace: Int? {
    text[(at + 1)...].firstIndex { !$0.isDigit && $0 != "," }.flatMap { text[$0] == "}" ? $0 : nil }
  }

  /// A number in braces, not above what just exceeds the limit.
  private func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
    guard !digits.isEmpty else { return nil }
    return digits.reduce(0) { min($0 * 10 + Int($1.value) - 0x30, Self.countLimit + 1) }
  }
}
