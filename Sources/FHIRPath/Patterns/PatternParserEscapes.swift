// Escapes: what follows a `\`, which has been read.
extension PatternParser {
  /// What an escape stands for, in a class and outside.
  enum Escaped {
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
  }

  mutating func escape() throws(PatternFault) -> PatternSyntax {
    if let assertion = peek().flatMap(Self.assertion) {
      at += 1
      return .assertion(assertion)
    }
    switch try escaped() {
    case .scalar(let scalar): return literal(scalar)
    case .set(let set): return .set(set)
    }
  }

  private static func assertion(_ letter: Unicode.Scalar) -> PatternAssertion? {
    switch letter {
    case "A": .textStart
    case "z": .textEnd
    case "Z": .lastLineEnd
    case "b": .wordBoundary
    case "B": .noWordBoundary
    default: nil
    }
  }

  mutating func escaped() throws(PatternFault) -> Escaped {
    guard let letter = peek() else { throw .expected("a character after `\\`", at: at) }
    let start = at - 1
    at += 1
    if letter == "p" || letter == "P" { return .set(try property(isNegated: letter == "P")) }
    if letter == "N" { return .set(ScalarSet.newline.inverted) }
    if let set = ScalarSet.named(byEscape: letter) { return .set(set) }
    return .scalar(try scalar(escapedBy: letter, from: start))
  }

  private mutating func scalar(
    escapedBy letter: Unicode.Scalar, from start: Int
  ) throws(PatternFault) -> Unicode.Scalar {
    switch letter {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "f": return "\u{0C}"
    case "a": return "\u{07}"
    case "e": return "\u{1B}"
    case "0": return try code(digits(atMost: 2, radix: 8), radix: 8, from: start, isOptional: true)
    case "x" where peek() == "{": return try bracedCode(from: start)
    case "x": return try code(digits(atMost: 2, radix: 16), radix: 16, from: start)
    case "u": return try unicodeEscape(from: start)
    case "c": return try control()
    default: return try itself(letter, from: start)
    }
  }

  /// Punctuation and letters beyond ASCII stand for themselves, other letters have or may get a meaning.
  private func itself(_ letter: Unicode.Scalar, from start: Int) throws(PatternFault) -> Unicode.Scalar {
    switch letter {
    case "1"..."9", "g", "k": throw .unsupported("a back reference", at: start)
    case "K", "G", "X", "C", "R", "Q", "E", "L", "U", "l", "o":
      throw .unsupported("the escape `\\\(letter)`", at: start)
    case _ where letter.isPatternLetter: throw .expected("a known escape", at: start)
    default: return letter
    }
  }

  private mutating func digits(atMost count: Int, radix: Int) -> String {
    var left = count
    return take {
      left -= 1
      return left >= 0 && (Character($0).hexDigitValue ?? radix) < radix && $0.isASCII
    }
  }

  private func code(
    _ digits: String, radix: Int, from start: Int, isOptional: Bool = false
  ) throws(PatternFault) -> Unicode.Scalar {
    let value = isOptional && digits.isEmpty ? 0 : UInt32(digits, radix: radix)
    guard let scalar = value.flatMap(Unicode.Scalar.init) else {
      throw .expected("a character's code", at: start)
    }
    return scalar
  }

  private mutating func bracedCode(from start: Int) throws(PatternFault) -> Unicode.Scalar {
    at += 1
    let scalar = try code(digits(atMost: 8, radix: 16), radix: 16, from: start)
    guard skip("}") else { throw .expected("a `}` after the character's code", at: at) }
    return scalar
  }

  private mutating func unicodeEscape(from start: Int) throws(PatternFault) -> Unicode.Scalar {
    let digits = digits(atMost: 4, radix: 16)
    guard digits.utf8.count == 4 else { throw .expected("four hexadecimal digits after `\\u`", at: at) }
    return try code(digits, radix: 16, from: start)
  }

  private mutating func control() throws(PatternFault) -> Unicode.Scalar {
    guard let letter = peek(), (" "..."~").contains(letter) else {
      throw .expected("an ASCII character after `\\c`", at: at)
    }
    at += 1
    let upper = ("a"..."z").contains(letter) ? letter.value - 0x20 : letter.value
    return Unicode.Scalar(UInt8(upper ^ 0x40))
  }

  /// A general category after `\p`: one letter, or a name in braces that `^` may invert.
  private mutating func property(isNegated: Bool) throws(PatternFault) -> ScalarSet {
    let start = at
    let isBraced = skip("{")
    let isInverted = isBraced && skip("^")
    let name = isBraced ? take { $0 != "}" } : peek().map(String.init) ?? ""
    guard isBraced ? skip("}") : peek() != nil else { throw .expected("a general category", at: start) }
    if !isBraced { at += 1 }
    guard let categories = Categories(named: name) else {
      throw .expected("a general category of Unicode such as `L` or `Lu`", at: start)
    }
    return ScalarSet(isNegated != isInverted ? Categories.all.subtracting(categories) : categories)
  }
}
