/// A formula as it is written: the specification's grammar as a tree.
public struct FormulaSyntax: Sendable, Equatable {
  /// What stands here.
  public let form: Form
  /// Where: characters (Unicode scalars) from the start of the formula's text.
  public let range: Range<Int>
  /// How many levels the tree has from here down.
  let height: Int

  /// The forms of an expression.
  public indirect enum Form: Sendable, Equatable {
    /// `'chat'`, `12.50`, `@2026-11-21`, `{}`
    case literal(Literal)
    /// A name at the start of a path.
    case identifier(String)
    /// `%received`
    case variable(String)
    /// `$this`
    case this
    /// `$index`
    case index
    /// `$total`
    case total
    /// `of.name`
    case member(of: FormulaSyntax, name: Name)
    /// `on.name(arguments)`, or `name(arguments)` on what is at hand.
    case call(on: FormulaSyntax?, name: Name, arguments: [FormulaSyntax])
    /// `of[at]`
    case indexer(of: FormulaSyntax, at: FormulaSyntax)
    /// `-operand`, `+operand`
    case sign(isNegative: Bool, FormulaSyntax)
    /// `left + right`
    case binary(BinaryOperator, FormulaSyntax, FormulaSyntax)
    /// `operand is type`, `operand as type`
    case type(TypeOperator, FormulaSyntax, Name)
  }

  /// A name with its place.
  public struct Name: Sendable, Equatable {
    /// The name without quotes; of a type also qualified, `System.String`.
    public let text: String
    /// Where it stands.
    public let range: Range<Int>
  }

  /// Asks what type something is.
  public enum TypeOperator: String, Sendable {
    /// Whether it is of the type.
    case `is`
    /// It, if it is of the type.
    case `as`
  }

  init(_ form: Form, at range: Range<Int>) {
    self.form = form
    self.range = range
    height = 1 + (form.parts.map(\.height).max() ?? 0)
  }
}

extension FormulaSyntax.Form {
  /// The expressions that this one is made of.
  public var parts: [FormulaSyntax] {
    switch self {
    case .literal, .identifier, .variable, .this, .index, .total: []
    case .member(let part, _), .sign(_, let part), .type(_, let part, _): [part]
    case .indexer(let left, let right), .binary(_, let left, let right): [left, right]
    case .call(let input, _, let arguments): (input.map { [$0] } ?? []) + arguments
    }
  }
}
