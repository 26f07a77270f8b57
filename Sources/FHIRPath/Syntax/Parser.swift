/// Reads tokens into a tree by precedence climbing.
struct Parser {
  /// How deep a tree may be: what comes after recurses as deep.
  static let depthLimit = 200

  var tokens: [Token]
  var at = 0
  var nesting = 0

  var token: Token { tokens[at] }

  mutating func advance() {
    if at < tokens.count - 1 { at += 1 }
  }

  mutating func skip(_ symbol: String) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func require(_ symbol: String) throws(FormulaFault) {
    guard skip(symbol) else { throw .expected("`\(symbol)`", at: token.range) }
  }

  func node(_ form: FormulaSyntax.Form, at range: Range<Int>) throws(FormulaFault) -> FormulaSyntax {
    let syntax = FormulaSyntax(form, at: range)
    guard syntax.height <= Self.depthLimit else { throw tooDeep(at: range) }
    return syntax
  }

  private func tooDeep(at range: Range<Int>) -> FormulaFault {
    .expected("a formula of at most \(Self.depthLimit) levels", at: range)
  }

  /// Operators of at least this precedence and their operands.
  mutating func expression(precedence: Int = 0) throws(FormulaFault) -> FormulaSyntax {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.depthLimit else { throw tooDeep(at: token.range) }
    var left = try signed()
    while let mark = token.mark, let next = try infix(mark, after: left, above: precedence) { left = next }
    return left
  }

  private mutating func infix(
    _ mark: String, after left: FormulaSyntax, above precedence: Int
  ) throws(FormulaFault) -> FormulaSyntax? {
    if let asked = FormulaSyntax.TypeOperator(rawValue: mark) {
      guard BinaryOperator.precedenceOfTypes > precedence else { return nil }
      advance()
      let type = try typeName()
      return try node(.type(asked, left, type), at: left.range.lowerBound..<type.range.upperBound)
    }
    guard let binary = BinaryOperator(rawValue: mark), binary.precedence > precedence else { return nil }
    advance()
    let right = try expression(precedence: binary.precedence)
    return try node(.binary(binary, left, right), at: left.range.lowerBound..<right.range.upperBound)
  }

  private mutating func signed() throws(FormulaFault) -> FormulaSyntax {
    var signs: [Token] = []
    while token.kind == .symbol("-") || token.kind == .symbol("+") {
      signs.append(token)
      advance()
    }
    var operand = try path()
    for sign in signs.reversed() {
      let range = sign.range.lowerBound..<operand.range.upperBound
      operand = try node(.sign(isNegative: sign.kind == .symbol("-"), operand), at: range)
    }
    return operand
  }

  private mutating func typeName() throws(FormulaFault) -> FormulaSyntax.Name {
    var name = try self.name("a type")
    while skip(".") {
      let part = try self.name("a type")
      name = .init(text: name.text + "." + part.text, range: name.range.lowerBound..<part.range.upperBound)
    }
    return name
  }

  mutating func name(_ what: String) throws(FormulaFault) -> FormulaSyntax.Name {
    guard let text = token.name else { throw .expected(what, at: token.range) }
    defer { advance() }
    return FormulaSyntax.Name(text: text, range: token.range)
  }
}

extension FormulaSyntax {
  /// Reads a formula's text.
  public static func parse(_ text: String) throws(FormulaFault) -> FormulaSyntax {
    var parser = Parser(tokens: try Lexer.tokens(of: text))
    let syntax = try parser.expression()
    guard parser.token.kind == .end else {
      throw .expected("an operator or the end of the formula", at: parser.token.range)
    }
    return syntax
  }
}
