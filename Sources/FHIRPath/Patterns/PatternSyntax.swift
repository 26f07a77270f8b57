/// A pattern as a tree.
///
/// What can only match the empty text without a condition or a group is `.empty`, and neither a repetition
/// nor a sequence has an `.empty` part: so the compiler's work grows with what it makes.
struct PatternSyntax: Sendable {
  indirect enum Form: Sendable {
    case empty
    case scalar(UInt32)
    case set(ScalarSet)
    case any
    case assertion(PatternAssertion)
    case group(PatternSyntax, number: Int)
    case sequence([PatternSyntax])
    case alternatives([PatternSyntax])
    case repetition(Repetition)
  }

  /// A part several times; `most` is nil for any number.
  struct Repetition: Sendable {
    let part: PatternSyntax
    let quantifier: Quantifier
    /// Tells repetitions apart.
    let number: Int
  }

  struct Quantifier: Equatable, Sendable {
    let least: Int
    let most: Int?
    var isLazy = false
  }

  let form: Form
  /// Whether it can match without reading.
  let canBeEmpty: Bool

  static let empty = PatternSyntax(form: .empty, canBeEmpty: true)
  static let any = PatternSyntax(form: .any, canBeEmpty: false)

  static func scalar(_ scalar: UInt32) -> PatternSyntax {
    PatternSyntax(form: .scalar(scalar), canBeEmpty: false)
  }

  static func set(_ set: ScalarSet) -> PatternSyntax { PatternSyntax(form: .set(set), canBeEmpty: false) }

  static func assertion(_ assertion: PatternAssertion) -> PatternSyntax {
    PatternSyntax(form: .assertion(assertion), canBeEmpty: true)
  }

  static func group(_ content: PatternSyntax, number: Int) -> PatternSyntax {
    PatternSyntax(form: .group(content, number: number), canBeEmpty: content.canBeEmpty)
  }

  static func sequence(_ parts: [PatternSyntax]) -> PatternSyntax {
    let parts = parts.filter { !$0.isEmpty }
    guard let first = parts.first else { return .empty }
    return parts.count == 1
      ? first : PatternSyntax(form: .sequence(parts), canBeEmpty: parts.allSatisfy(\.canBeEmpty))
  }

  static func alternatives(_ parts: [PatternSyntax]) -> PatternSyntax {
    guard let first = parts.first, !parts.allSatisfy(\.isEmpty) else { return .empty }
    return parts.count == 1
      ? first : PatternSyntax(form: .alternatives(parts), canBeEmpty: parts.contains(where: \.canBeEmpty))
  }

  static func repetition(_ part: PatternSyntax, _ quantifier: Quantifier, number: Int) -> PatternSyntax {
    guard !part.isEmpty, quantifier.most != 0 else { return .empty }
    return PatternSyntax(
      form: .repetition(Repetition(part: part, quantifier: quantifier, number: number)),
      canBeEmpty: quantifier.least == 0 || part.canBeEmpty)
  }

  private var isEmpty: Bool {
    if case .empty = form { true } else { false }
  }
}
