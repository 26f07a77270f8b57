public import Diagnostics

/// A part of a YAML document that knows where it stands.
public struct YAMLNode: Sendable {
  /// One `key: value` pair.
  public struct Entry: Sendable {
    /// The key, always a scalar.
    public let key: YAMLNode
    /// The value; an empty plain scalar when nothing is written.
    public let value: YAMLNode

    /// The key's text.
    public var name: String { key.text ?? "" }
  }

  /// What a node holds.
  public enum Content: Sendable {
    /// A text; `isPlain` when it stands without quotes.
    case scalar(String, isPlain: Bool)
    /// Pairs in order; no key stands twice.
    case mapping([Entry])
    /// Items in order.
    case sequence([YAMLNode])
  }

  /// What it holds.
  public let content: Content
  /// How it is written.
  public let style: YAMLStyle
  /// Where its first character stands.
  public let start: YAMLPosition
  /// Behind its last character; of a collection by indentation, where the next thing stands.
  public let end: YAMLPosition
  let source: SourceText
  /// How many characters are underlined.
  let length: Int

  /// Where it begins; for scalars the whole text is underlined.
  public var place: Place { source.place(line: start.line, column: start.column, length: length) }

  /// The text of a scalar.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// Whether it is a scalar without quotes.
  public var isPlain: Bool {
    if case .scalar(_, let isPlain) = content { isPlain } else { false }
  }

  /// The pairs of a mapping.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The items of a sequence.
  public var items: [YAMLNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// Whether nothing is written.
  public var isEmpty: Bool {
    if case .scalar("", isPlain: true) = content { true } else { false }
  }

  /// The place of a part of this scalar.
  /// - Parameter range: offsets in characters of ``text``; past its first line the whole scalar is meant.
  public func place(of range: Range<Int>) -> Place {
    guard case .scalar(let text, let isPlain) = content, !text.utf8.contains(UInt8(ascii: "\n"))
    else { return place }
    return source.place(
      line: start.line, column: start.column + range.lowerBound + (isPlain ? 0 : 1), length: range.count)
  }
}
