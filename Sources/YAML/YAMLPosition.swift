/// A place in a text as libyaml counts: 0-based, columns in Unicode scalars.
public struct YAMLPosition: Sendable, Hashable, Comparable {
  /// 0-based line.
  public let line: Int
  /// 0-based column.
  public let column: Int

  /// Whether one stands before the other.
  public static func < (left: YAMLPosition, right: YAMLPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// How a part of a document is written.
public enum YAMLStyle: Sendable {
  /// A text without quotes.
  case plain
  /// A text in quotes of either kind.
  case quoted
  /// `[…]` or `{…}`.
  case flow
  /// A collection by indentation, or a text behind `|` or `>`.
  case block
}
