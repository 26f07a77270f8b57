import Diagnostics
import YAML

/// Reads the lines under `both`, `in` and `out`, going on after a faulty one.
struct BlockReader {
  var diagnostics: [Diagnostic] = []

  // Compiled once, for that takes longer than reading a mapping; matching does not change them.
  nonisolated(unsafe) private static let conversion = /([\w\-\/.]+)(?:\('([^']*)'\))?/
  nonisolated(unsafe) private static let elements = /(\S+\*)\s+as\s+([\w\-]+)/

  mutating func block(_ entries: [YAMLNode.Entry]) -> BlockSource {
    var block = BlockSource()
    for entry in entries {
      switch entry.name {
      case "both": block.both = lines(entry.value, isIn: false, isBoth: true)
      case "in": block.in = lines(entry.value, isIn: true, isBoth: false)
      case "out": block.out = lines(entry.value, isIn: false, isBoth: false)
      case "when": block.when = when(entry.value)
      default: break
      }
    }
    return block
  }

  private mutating func when(_ node: YAMLNode) -> WhenSource {
    var when = WhenSource()
    do throws(Diagnostic) {
      let keys = try KeyReader(node, BlockKeys.when)
      diagnostics += keys.diagnostics
      when.in = try keys["in"].map { node throws(Diagnostic) in try condition(node) }
      when.out = try keys["out"].map { node throws(Diagnostic) in try condition(node) }
    } catch {
      diagnostics.append(error)
    }
    return when
  }

  private func condition(_ node: YAMLNode) throws(Diagnostic) -> FormulaSource {
    guard let text = node.text, let formula = FormulaSource(text, node) else {
      throw Diagnostic(.expectedForm(what: "a condition", form: "`= formula`"), at: node.place)
    }
    return formula
  }

  private mutating func lines(_ node: YAMLNode, isIn: Bool, isBoth: Bool) -> [LineSource] {
    if node.isEmpty { return [] }
    guard let entries = node.entries else {
      diagnostics.append(Diagnostic(.expectedForm(what: "lines", form: "`path: path`"), at: node.place))
      return []
    }
    var lines: [LineSource] = []
    for entry in entries {
      do throws(Diagnostic) {
        lines.append(try line(entry, isIn: isIn, isBoth: isBoth))
      } catch {
        diagnostics.append(error)
      }
    }
    return lines
  }

  private mutating func line(
    _ entry: YAMLNode.Entry, isIn: Bool, isBoth: Bool
  ) throws(Diagnostic) -> LineSource {
    let path = try PathSource(entry.name, in: entry.key)
    if let entries = entry.value.entries { return try nested(path, entries, entry, isBoth: isBoth) }
    guard let text = entry.value.text, !text.isEmpty else {
      throw Diagnostic(
        .expectedForm(what: "a line", form: "a path or a formula behind the colon"), at: entry.key.place)
    }
    if let formula = FormulaSource(text, entry.value) {
      guard !isBoth else { throw Diagnostic(.irreversible(name: "= formula"), at: entry.value.place) }
      return .formula(target: path, formula)
    }
    let (other, conversions) = try pipeline(text, entry.value)
    return isIn ? .pair(format: other, hub: path, conversions) : .pair(format: path, hub: other, conversions)
  }

  /// `path | table | prefix('…')`.
  private func pipeline(_ text: String, _ node: YAMLNode) throws(Diagnostic) -> (
    PathSource, [ConversionSource]
  ) {
    var conversions: [ConversionSource] = []
    var path: PathSource?
    for part in text.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false) {
      let word = Substring(part).trimming(" ")
      let offset = text.unicodeScalars.distance(from: text.startIndex, to: word.startIndex)
      if path == nil {
        path = try PathSource(String(word), in: node, offset: offset)
      } else {
        conversions.append(try conversion(word, at: node.place(of: offset..<offset + max(1, word.count))))
      }
    }
    guard let path else { throw Diagnostic(.expectedForm(what: "a line", form: "a path"), at: node.place) }
    return (path, conversions)
  }

  private func conversion(_ word: Substring, at place: Place) throws(Diagnostic) -> ConversionSource {
    guard let match = word.wholeMatch(of: Self.conversion) else {
      throw Diagnostic(
        .expectedForm(what: "a code table or converter", form: "`name` or `name('text')`"), at: place)
    }
    return ConversionSource(name: String(match.1), argument: match.2.map(String.init), place: place)
  }
}

// MARK: each and include

extension BlockReader {
  private mutating func nested(
    _ path: PathSource, _ entries: [YAMLNode.Entry], _ entry: YAMLNode.Entry, isBoth: Bool
  ) throws(Diagnostic) -> LineSource {
    let table = path.isEach ? BlockKeys.each : BlockKeys.include
    let keys = try KeyReader(entry.value, table)
    if let first = keys.diagnostics.first { throw first }
    guard isBoth else {
      throw Diagnostic(
        .expectedForm(what: "a block", form: "it under `both`; it has its own `in` and `out`"),
        at: entry.key.place)
    }
    if let each = keys["each"] { return .each(path, try self.each(each), block(entries)) }
    guard let fragment = keys["include"] else {
      throw Diagnostic(.missingKey(key: table.names[0], what: "a block"), at: entry.key.place)
    }
    return .include(path, fragment: fragment, with: keys["with"]?.entries ?? [])
  }

  private func each(_ node: YAMLNode) throws(Diagnostic) -> EachSource {
    if let entries = node.entries {
      var declarations: [HubDeclaration] = []
      for entry in entries {
        declarations.append(
          try HubDeclarationReader(node: entry.value).read(name: entry.name, place: entry.key.place))
      }
      return .resources(declarations)
    }
    if let text = node.text, let match = text.wholeMatch(of: Self.elements) {
      return .elements(try PathSource(String(match.1), in: node), name: String(match.2))
    }
    return .resources([try HubDeclarationReader(node: node).read(name: nil, place: node.place)])
  }
}
