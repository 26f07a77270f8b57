/// Cuts a formula's text into tokens, the lexical part of the specification's grammar.
struct Lexer: ScalarReader {
  let text: [Unicode.Scalar]
  var at = 0

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  static func tokens(of text: String) throws(FormulaFault) -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    repeat { tokens.append(try lexer.next(behind: tokens.last)) } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func next(behind previous: Token?) throws(FormulaFault) -> Token {
    try skipSpaceAndComments()
    let start = at
    if previous?.kind == .symbol("."), peek()?.isDigit == true {
      return Token(kind: .word(take(while: \.isDigit)), range: start..<at)
    }
    let kind = try kind()
    return Token(kind: kind, range: start..<at)
  }

  private mutating func kind() throws(FormulaFault) -> Token.Kind {
    guard let first = peek() else { return .end }
    switch first {
    case "'": return .literal(.string(try quoted(by: first)))
    case "`": return .quoted(try quoted(by: first))
    case "%": return .variable(try variableName())
    case "$": return .special(try specialName())
    case "@": return .literal(try calendarLiteral())
    case "0"..."9": return .literal(try number())
    case _ where first.startsWord: return .word(word())
    default: return .symbol(try symbol(first))
    }
  }

  mutating func word() -> String {
    take { $0.startsWord || $0.isDigit }
  }

  private mutating func variableName() throws(FormulaFault) -> String {
    at += 1
    if let first = peek() {
      if first == "`" || first == "'" { return try quoted(by: first) }
      if first.startsWord { return word() }
    }
    throw .expected("a name after `%`", at: at - 1..<at)
  }

  private mutating func specialName() throws(FormulaFault) -> String {
    let start = at
    at += 1
    let name = word()
    guard ["this", "index", "total"].contains(name) else {
      throw .expected("`$this`, `$index` or `$total`", at: start..<at)
    }
    return name
  }

  private mutating func symbol(_ first: Unicode.Scalar) throws(FormulaFault) -> String {
    if let pair = pair(first, peek(1)) {
      at += 2
      return pair
    }
    at += 1
    guard "+-*/&|<>=~.,()[]{}".unicodeScalars.contains(first) else {
      throw .expected("a value or an operator", at: at - 1..<at)
    }
    return String(first)
  }

  private func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> String? {
    switch (first, second) {
    case ("<", "="): "<="
    case (">", "="): ">="
    case ("!", "="): "!="
    case ("!", "~"): "!~"
    default: nil
    }
  }

  private mutating func skipSpaceAndComments() throws(FormulaFault) {
    while let next = peek() {
      if next == " " || next == "\t" || next == "\r" || next == "\n" {
        at += 1
      } else if next == "/", peek(1) == "/" {
        _ = take { $0 != "\n" && $0 != "\r" }
      } else if next == "/", peek(1) == "*" {
        try skipBlockComment()
      } else {
        return
      }
    }
  }

  private mutating func skipBlockComment() throws(FormulaFault) {
    let start = at
    at += 2
    while peek() != "*" || peek(1) != "/" {
      guard peek() != nil else { throw .expected("`*/` to end the comment", at: start..<start + 2) }
      at += 1
    }
    at += 2
  }
}

extension Unicode.Scalar {
  fileprivate var startsWord: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
  }

  var isDigit: Bool { ("0"..."9").contains(self) }
}
