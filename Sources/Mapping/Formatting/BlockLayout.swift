import Diagnostics
import YAML

/// Gives each line of a tree its indentation, and one space where several separate.
struct BlockLayout {
  typealias Level = WrittenLine.Level

  private(set) var levels: [Level] = []
  var page: WrittenPage
  private let columns: [Int: Int]

  /// - Parameter columns: where values begin, by line; elsewhere one space stands before them.
  init(_ page: WrittenPage, _ columns: [Int: Int]) {
    self.page = page
    self.columns = columns
  }

  /// Lays out a whole document.
  mutating func lay(_ root: YAMLNode) throws(Diagnostic) { try lay(root, at: 0) }

  private mutating func lay(_ node: YAMLNode, at margin: Int) throws(Diagnostic) {
    guard node.style == .block, node.text == nil else { return leaf(node, at: margin) }
    levels.append(Level(old: node.start.column, new: margin))
    defer { levels.removeLast() }
    for entry in node.entries ?? [] { try lay(entry, of: node, at: margin) }
    for item in node.items ?? [] { try lay(item, of: node, at: margin) }
  }

  private mutating func lay(
    _ entry: YAMLNode.Entry, of mapping: YAMLNode, at margin: Int
  ) throws(Diagnostic) {
    let (key, value) = (entry.key, entry.value)
    guard key.start.column == mapping.start.column else {
      throw Diagnostic(.expectedForm(what: "a key", form: "`key: …` without `?` before it"), at: key.place)
    }
    let line = key.start.line
    begin(line, at: key.start.column, margin)
    let isBeside = value.start.line == line && !value.isEmpty
    let width = margin + key.end.column - key.start.column + 1
    let gap = isBeside ? max(1, (columns[line] ?? 0) - width) : 0
    let end = isBeside ? value.start.column : max(key.end.column, page.lines[line].codeEnd)
    page.lines[line].edits.append((key.end.column..<end, ":" + String(repeating: " ", count: gap)))
    try lay(value, at: margin + 2)
  }

  private mutating func lay(_ item: YAMLNode, of sequence: YAMLNode, at margin: Int) throws(Diagnostic) {
    let dash = sequence.start.column
    var line = item.start.line
    while line > sequence.start.line, !page.lines[line].begins(with: "-", at: dash) { line -= 1 }
    begin(line, at: dash, margin)
    if line == item.start.line, !item.isEmpty {
      page.lines[line].edits.append((dash + 1..<item.start.column, " "))
    }
    try lay(item, at: margin + 2)
  }

  /// Something begins at a column: when nothing stands before it, the line is indented by it.
  private mutating func begin(_ line: Int, at column: Int, _ margin: Int) {
    if page.lines[line].indentation == column { page.lines[line].margin = margin }
    page.lines[line].levels = levels
  }
}

// MARK: Texts and flow collections

extension BlockLayout {
  private mutating func leaf(_ node: YAMLNode, at margin: Int) {
    let line = node.start.line
    if page.lines[line].indentation == node.start.column, page.lines[line].margin == nil, !node.isEmpty {
      begin(line, at: node.start.column, margin)
      // Not behind `|`: a comment at this level would be text.
      if node.style != .block { page.lines[line].levels.append(Level(old: node.start.column, new: margin)) }
    }
    switch node.style {
    case .flow: flow(node)
    case .block: block(node, at: margin)
    case .plain, .quoted: for line in node.linesBehindFirst { page.lines[line].margin = margin }
    }
  }

  /// Moves a text behind `|` or `>` to its margin; where the header says how far it is indented, that stays.
  private mutating func block(_ node: YAMLNode, at margin: Int) {
    let content = page.content(ofBlock: node)
    let header = page.lines[node.start.line].scalars[node.start.column...].prefix { !WrittenLine.isSpace($0) }
    let outer = levels.last ?? Level(old: 0, new: 0)
    let given = header.first { ("1"..."9").contains($0) }.map { Int($0.value) - 48 }
    let first = content.first { page.lines[$0].indentation < page.lines[$0].scalars.count }
    let old = given.map { outer.old + $0 } ?? first.map { page.lines[$0].indentation } ?? .max
    let new = given.map { outer.new + $0 } ?? margin
    let end = content.last { page.lines[$0].scalars.count > old || !isBlank($0) } ?? content.lowerBound - 1
    for line in content {
      let rest = page.lines[line].scalars.dropFirst(old)
      page.lines[line].replacement =
        rest.isEmpty ? "" : String(repeating: " ", count: new) + rest.map { String($0) }.joined()
      if line > end, !header.contains("+") { page.lines[line].isInsideText = false }
    }
  }

  private func isBlank(_ line: Int) -> Bool { page.lines[line].indentation == page.lines[line].scalars.count }

  /// Indents the further lines of `[…]` or `{…}` by how many brackets are open.
  private mutating func flow(_ node: YAMLNode) {
    let collections = node.bracketed.filter { $0.start.line < $0.end.line }
    let base = page.lines[node.start.line].margin ?? 0
    for line in node.linesBehindFirst {
      let open = collections.filter { $0.start.line < line && line <= $0.end.line }
      let depth = open.count - (page.lines[line].isInsideText ? 0 : closers(line))
      page.lines[line].margin = base + 2 * max(0, depth)
    }
  }

  /// How many brackets are closed before anything else stands in a line.
  private func closers(_ line: Int) -> Int {
    let scalars = page.lines[line].scalars
    return scalars.dropFirst(page.lines[line].indentation).prefix { "]} ".unicodeScalars.contains($0) }
      .count { $0 != " " }
  }
}

extension YAMLNode {
  fileprivate var linesBehindFirst: Range<Int> { start.line + 1..<max(start.line, end.line) + 1 }

  /// This and all collections in it; a pair without braces in a `[…]` is none.
  fileprivate var bracketed: [YAMLNode] {
    guard style == .flow else { return [] }
    let inner = (entries?.map(\.value) ?? items ?? []).flatMap(\.bracketed)
    return (entries?.first.map { $0.key.start == start } ?? false) ? inner : [self] + inner
  }
}
