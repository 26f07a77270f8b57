/// A regular expression that a text must satisfy as a whole: what `matchesFull` takes, as a value of its own.
public struct WholePattern: Hashable, Sendable {
  /// As it was written.
  public let source: String
  /// Whether line breaks may stand in such a text.
  package let hasLines: Bool
  private let pattern: Pattern
  private let syntax: PatternSyntax

  /// - Returns: `nil` when the expression can't be read, or allows nothing but the empty text.
  public init?(_ source: String) {
    var parser = PatternParser(source)
    guard let syntax = try? parser.parse(), let pattern = try? Pattern(source) else { return nil }
    if case .empty = syntax.form { return nil }
    self.source = source
    self.syntax = syntax
    self.pattern = pattern
    hasLines = syntax.allows(0x0A) || syntax.allows(0x0D)
  }

  /// Whether a text in UTF-8 is what the expression describes.
  package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool { pattern.matchesWhole(text) }

  /// A text that the expression describes, but for its assertions; repetitions without an end are short.
  /// - Parameter below: chooses a number from 0 up to one less than what it is given.
  package func sample(_ below: (Int) -> Int) -> String { syntax.sample(below) }

  /// Two are the same when they are written the same.
  public static func == (one: Self, other: Self) -> Bool { one.source == other.source }

  /// Hashes the expression as it was written.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
