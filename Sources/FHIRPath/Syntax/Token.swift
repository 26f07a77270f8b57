/// A word of a formula.
struct Token: Equatable {
  enum Kind: Equatable {
    /// An identifier without quotes, keywords among them.
    case word(String)
    /// An identifier in backticks.
    case quoted(String)
    /// `%name`
    case variable(String)
    /// `$this`
    case special(String)
    case literal(Literal)
    case symbol(String)
    case end
  }

  let kind: Kind
  let range: Range<Int>

  /// The text of an operator, keyword or bracket.
  var mark: String? {
    switch kind {
    case .word(let text), .symbol(let text): text
    default: nil
    }
  }

  /// The text of a name, with or without backticks.
  var name: String? {
    switch kind {
    case .word(let text), .quoted(let text): text
    default: nil
    }
  }
}
