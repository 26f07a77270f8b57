import YAML

/// A file's lines, with its comments found.
struct WrittenPage {
  var lines: [WrittenLine]

  init(_ text: String, _ tree: YAMLNode) {
    lines = Self.cut(text).map(WrittenLine.init)
    var covered: [[Range<Int>]] = Array(repeating: [], count: lines.count)
    cover(tree, &covered)
    for line in lines.indices { lines[line].comment = comment(in: line, outside: covered[line]) }
  }

  /// Cuts where YAML 1.1 has line breaks (section 5.4), for positions count them.
  private static func cut(_ text: String) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lines.append([])
      default: lines[lines.count - 1].append(scalar)
      }
      previous = scalar
    }
    return lines
  }

  /// Notes which columns belong to scalars: a `#` in them begins no comment.
  private mutating func cover(_ node: YAMLNode, _ covered: inout [[Range<Int>]]) {
    for entry in node.entries ?? [] {
      cover(entry.key, &covered)
      cover(entry.value, &covered)
    }
    for item in node.items ?? [] { cover(item, &covered) }
    guard node.text != nil else { return }
    if node.style == .block { return coverBlock(node, &covered) }
    for line in node.start.line...node.end.line where lines.indices.contains(line) {
      let isFirst = line == node.start.line
      let isLast = line == node.end.line
      covered[line].append((isFirst ? node.start.column : 0)..<(isLast ? node.end.column : .max))
      if !isFirst { lines[line].isInsideText = true }
      if !isLast { lines[line].endsInsideText = node.style == .quoted }
    }
  }

  private mutating func coverBlock(_ node: YAMLNode, _ covered: inout [[Range<Int>]]) {
    for line in content(ofBlock: node) {
      covered[line].append(0..<Int.max)
      lines[line].isInsideText = true
    }
  }

  /// The lines of a text behind `|` or `>`, with the empty ones behind it.
  func content(ofBlock node: YAMLNode) -> Range<Int> {
    let first = node.start.line + 1
    let end = node.end.column == 0 ? node.end.line : node.end.line + 1
    return first..<max(first, min(end, lines.count))
  }

  private func comment(in line: Int, outside covered: [Range<Int>]) -> Int? {
    let scalars = lines[line].scalars
    guard scalars.first != "%" else { return nil }
    return scalars.indices.first { column in
      scalars[column] == "#" && !covered.contains { $0.contains(column) }
    }
  }

  /// Spaces the pipes of a line's value.
  mutating func evenPipes(of value: YAMLNode) {
    guard PipeSpacing.isEven(value) else { return }
    lines[value.start.line].edits.append(
      (value.start.column..<value.end.column, PipeSpacing.even(value.text ?? "")))
  }
}
