import CYAML
public import Diagnostics

/// Reads one YAML document with places, through libyaml. Anchors, aliases and tags are refused: files stay
/// plain tables.
public struct YAMLReader {
  private let source: SourceText

  /// Reads a file's text.
  /// - Throws: one diagnostic: a syntax error, a duplicate key, or a construct that is refused.
  public static func read(_ text: String, file: String) throws(Diagnostic) -> YAMLNode {
    let events = YAMLEvents(text)
    let reader = YAMLReader(source: SourceText(file: file, text: text))
    let first = try reader.next(events)
    guard first.kind != .streamEnd else {
      throw Diagnostic(
        .expectedForm(what: "a file", form: "`key: value` lines"), at: reader.source.place(line: 0, column: 0)
      )
    }
    let node = try reader.node(first, events, depth: 0)
    let rest = try reader.next(events)
    guard rest.kind == .streamEnd else {
      throw Diagnostic(.expectedForm(what: "a file", form: "one document"), at: reader.place(rest))
    }
    return node
  }

  private func node(_ event: YAMLEvent, _ events: YAMLEvents, depth: Int) throws(Diagnostic) -> YAMLNode {
    guard depth < 64, !event.isDecorated else { throw refused(event) }
    switch event.kind {
    case .scalar(let text):
      return located(.scalar(text, isPlain: event.style == .plain), event, to: event.end)
    case .sequenceStart:
      let (items, end) = try items(events, depth)
      return located(.sequence(items), event, to: end)
    case .mappingStart:
      let (entries, end) = try entries(events, depth)
      return located(.mapping(entries), event, to: end)
    case .alias, .sequenceEnd, .mappingEnd, .streamEnd: throw refused(event)
    }
  }

  private func located(_ content: YAMLNode.Content, _ event: YAMLEvent, to end: YAMLPosition) -> YAMLNode {
    YAMLNode(
      content: content, style: event.style, start: event.start, end: end, source: source,
      length: event.length)
  }

  private func items(
    _ events: YAMLEvents, _ depth: Int
  ) throws(Diagnostic) -> ([YAMLNode], end: YAMLPosition) {
    var items: [YAMLNode] = []
    while true {
      let event = try next(events)
      if case .sequenceEnd = event.kind { return (items, event.end) }
      items.append(try node(event, events, depth: depth + 1))
    }
  }

  private func entries(
    _ events: YAMLEvents, _ depth: Int
  ) throws(Diagnostic) -> ([YAMLNode.Entry], end: YAMLPosition) {
    var entries: [YAMLNode.Entry] = []
    var seen: [String: YAMLNode] = [:]
    while true {
      let event = try next(events)
      if case .mappingEnd = event.kind { return (entries, event.end) }
      let key = try node(event, events, depth: depth + 1)
      guard let name = key.text else {
        throw Diagnostic(.expectedForm(what: "a key", form: "a word before the colon"), at: key.place)
      }
      if let first = seen[name] {
        throw Diagnostic(.duplicateKey(key: name), at: key.place, labels: [.init(first.place, "the first")])
      }
      seen[name] = key
      entries.append(.init(key: key, value: try node(try next(events), events, depth: depth + 1)))
    }
  }

  private func next(_ events: YAMLEvents) throws(Diagnostic) -> YAMLEvent {
    do {
      return try events.next()
    } catch {
      throw syntaxError(error)
    }
  }

  private func refused(_ event: YAMLEvent) -> Diagnostic {
    Diagnostic(.expectedForm(what: "a value", form: "no anchors, aliases or tags"), at: place(event))
  }

  private func place(_ event: YAMLEvent) -> Place {
    source.place(line: event.start.line, column: event.start.column, length: event.length)
  }

  /// A formula that YAML cuts apart is the commonest mistake: say so, and show the quoted form.
  private func syntaxError(_ fault: YAMLFault) -> Diagnostic {
    let place = source.place(line: fault.line, column: fault.column)
    if let line = place.excerpt, let match = line.firstMatch(of: /:\s+(=.*:\s.*)$/) {
      let quoted = "\"" + match.1.replacing("\"", with: "\\\"") + "\""
      return Diagnostic(.unquotedFormula(quoted: quoted), at: place)
    }
    return Diagnostic(.yamlSyntax(reason: fault.reason), at: place)
  }
}
