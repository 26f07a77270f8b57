/// The texts that a regular expression of XML Schema (part 2, appendix F) allows: literals, `.`, `[…]`, `[^…]`, `\d`, `\s`,
/// escapes, groups, `|`, and the quantifiers `?`, `*`, `+` and `{n,m}`. It stands for the whole text; `^` and `$` are ordinary
/// characters there and are refused, for whoever writes them means something else.
public struct CharacterPattern: Hashable, Sendable {
  /// As it was written.
  let source: String
  let root: Part
  private let automaton: PatternAutomaton

  indirect enum Part: Sendable {
    case one(ScalarSet)
    case sequence([Part])
    case choice([Part])
    /// `nil`: without an end.
    case repeated(Part, least: Int, most: Int?)
  }

  /// - Returns: `nil` when the expression is none, when it has what is not followed (`\p{…}`, subtraction) or when it stands for
  ///   more than 500 positions.
  init?(_ source: String) {
    guard let root = PatternReader.read(source), let automaton = PatternAutomaton(root) else { return nil }
    self.source = source
    self.root = root
    self.automaton = automaton
  }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool { automaton.matches(text) }

  public static func == (one: Self, other: Self) -> Bool { one.source == other.source }

  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
