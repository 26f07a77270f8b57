/// Reads the syntax of UCUM, section 2 exhibit 1: `main-term`, `term`, `component`, `annotation`.
struct UnitReader {
  /// How many bytes a code may have.
  static let lengthLimit = 100
  /// How deep parentheses may be nested.
  static let nestingLimit = 10

  private var rest: Substring

  /// `nil` when the text doesn't have the form of a code.
  static func read(_ code: String) -> UnitExpression? {
    guard code.utf8.count <= lengthLimit, code.utf8.allSatisfy({ 33...126 ~= $0 }) else { return nil }
    var reader = UnitReader(rest: code[...])
    let divides = reader.skip("/")
    guard let term = reader.term(depth: 0, divides: divides), reader.rest.isEmpty else { return nil }
    return term
  }

  /// Components from left to right, of which the first may divide.
  private mutating func term(depth: Int, divides: Bool = false) -> UnitExpression? {
    var product: UnitExpression? = UnitExpression()
    var divides = divides
    while true {
      guard let component = component(depth: depth), let left = product else { return nil }
      product = left.times(divides ? component.reciprocal : component)
      divides = rest.first == "/"
      guard skip("/") || skip(".") else { return product }
    }
  }

  private mutating func component(depth: Int) -> UnitExpression? {
    if rest.first == "{" { return annotation() ? UnitExpression() : nil }
    guard skip("(") else { return simpleUnit() }
    guard depth < Self.nestingLimit, let term = term(depth: depth + 1), skip(")") else { return nil }
    return term
  }

  /// An atom, perhaps with an exponent, or a whole number; either perhaps with an annotation.
  ///
  /// The syntax gives none to numbers, but UCUM's functional tests and data do, as in `1{score}`.
  private mutating func simpleUnit() -> UnitExpression? {
    let text = symbol()
    guard rest.first != "{" || annotation() else { return nil }
    if text.allSatisfy(\.isNumber) {
      return Int128(text).flatMap { $0 > 0 ? UnitExpression(number: $0) : nil }
    }
    let digits = text.reversed().prefix { $0.isNumber }.count
    var atom = text.dropLast(digits)
    if digits > 0, let sign = atom.last, sign == "+" || sign == "-" { atom = atom.dropLast() }
    guard digits > 0 else { return UnitExpression(symbol: String(text), exponent: 1) }
    return Int8(text[atom.endIndex...]).map { UnitExpression(symbol: String(atom), exponent: Int($0)) }
  }

  /// What stands before the next `.`, `/`, parenthesis or brace that isn't within square brackets.
  private mutating func symbol() -> Substring {
    var isBracketed = false
    let end = rest.firstIndex {
      if $0 == "[" || $0 == "]" { isBracketed = $0 == "[" }
      return !isBracketed && "./(){}".contains($0)
    }
    let symbol = rest[..<(end ?? rest.endIndex)]
    rest = rest[symbol.endIndex...]
    return symbol
  }

  /// Skips `{...}`; false when it has no end or another begins in it.
  private mutating func annotation() -> Bool {
    let end = rest.dropFirst().firstIndex { $0 == "{" || $0 == "}" }
    guard let end, rest[end] == "}" else { return false }
    rest = rest[rest.index(after: end)...]
    return true
  }

  private mutating func skip(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }
}
