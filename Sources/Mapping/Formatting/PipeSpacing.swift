import YAML

/// One space at each side of the `|` in `path | table`, which the reader of mappings passes over.
enum PipeSpacing {
  /// Whether a scalar is one whose pipes are spaced: a line's path, without quotes.
  static func isEven(_ node: YAMLNode) -> Bool {
    guard let text = node.text, node.isPlain, node.start.line == node.end.line else { return false }
    return text.contains("|") && !text.hasPrefix("=")
  }

  /// The text with its pipes spaced, but for those in quotes.
  static func even(_ text: String) -> String {
    parts(text).map { String($0.trimming(" ")) }.joined(separator: " | ")
  }

  /// Cuts at pipes outside `'…'` and backticks.
  private static func parts(_ text: String) -> [Substring] {
    var parts: [Substring] = []
    var quote: Character?
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case let mark where mark == quote: quote = nil
      case let mark where quote == nil && (mark == "'" || mark == "`"): quote = mark
      case "|" where quote == nil:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    return parts + [text[start...]]
  }
}
