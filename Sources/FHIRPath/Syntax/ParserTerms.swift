// Terms and what follows them: members, calls and indexers.
extension Parser {
  private static let reserved: Set<String> = ["and", "or", "xor", "implies", "div", "mod"]

  mutating func path() throws(FormulaFault) -> FormulaSyntax {
    var syntax = try term()
    while true {
      if skip(".") {
        syntax = try invocation(on: syntax)
      } else if skip("[") {
        let index = try expression()
        let end = token.range.upperBound
        try require("]")
        syntax = try node(.indexer(of: syntax, at: index), at: syntax.range.lowerBound..<end)
      } else {
        return syntax
      }
    }
  }

  /// What follows a `.`: a member or a call.
  private mutating func invocation(on input: FormulaSyntax) throws(FormulaFault) -> FormulaSyntax {
    let start = input.range.lowerBound
    let name = try name("a member or a function after `.`")
    if skip("(") { return try call(name, on: input, from: start) }
    return try node(.member(of: input, name: name), at: start..<name.range.upperBound)
  }

  private mutating func call(
    _ name: FormulaSyntax.Name, on input: FormulaSyntax?, from start: Int
  ) throws(FormulaFault) -> FormulaSyntax {
    var arguments: [FormulaSyntax] = []
    if token.kind != .symbol(")") {
      repeat { arguments.append(try expression()) } while skip(",")
    }
    let end = token.range.upperBound
    try require(")")
    return try node(.call(on: input, name: name, arguments: arguments), at: start..<end)
  }

  private mutating func term() throws(FormulaFault) -> FormulaSyntax {
    let first = token
    switch first.kind {
    case .literal(let literal): return try self.literal(literal)
    case .variable(let name): return try leaf(.variable(name))
    case .special("this"): return try leaf(.this)
    case .special("index"): return try leaf(.index)
    case .special: return try leaf(.total)
    case .word("true"), .word("false"): return try leaf(.literal(.boolean(first.mark == "true")))
    case .symbol("("): return try parenthesized()
    case .symbol("{"): return try braces()
    case .word(let word) where Self.reserved.contains(word), .symbol(let word):
      throw .expected("a value before `\(word)`", at: first.range)
    case .end: throw .expected("a value", at: first.range)
    case .word, .quoted: return try named()
    }
  }

  private mutating func leaf(_ form: FormulaSyntax.Form) throws(FormulaFault) -> FormulaSyntax {
    defer { advance() }
    return try node(form, at: token.range)
  }

  private mutating func named() throws(FormulaFault) -> FormulaSyntax {
    let name = try name("a name")
    if skip("(") { return try call(name, on: nil, from: name.range.lowerBound) }
    return try node(.identifier(name.text), at: name.range)
  }

  private mutating func parenthesized() throws(FormulaFault) -> FormulaSyntax {
    advance()
    let inner = try expression()
    try require(")")
    return inner
  }

  private mutating func braces() throws(FormulaFault) -> FormulaSyntax {
    let start = token.range.lowerBound
    advance()
    let end = token.range.upperBound
    try require("}")
    return try node(.literal(.empty), at: start..<end)
  }

  /// A literal, which is a quantity when it is a number with a unit.
  private mutating func literal(_ literal: Literal) throws(FormulaFault) -> FormulaSyntax {
    let range = token.range
    advance()
    let number: String? =
      switch literal {
      case .integer(let value): String(value)
      case .decimal(let text): text
      default: nil
      }
    guard let number, let quantity = quantity(number) else { return try node(.literal(literal), at: range) }
    let end = token.range.upperBound
    advance()
    return try node(.literal(quantity), at: range.lowerBound..<end)
  }

  private func quantity(_ number: String) -> Literal? {
    switch token.kind {
    case .literal(.string(let unit)): .quantity(number, unit: unit)
    case .word(let word): CalendarUnit(keyword: word).map { .duration(number, $0) }
    default: nil
    }
  }
}
