import Diagnostics
public import Mapping

/// An ``Explanation`` for people at a terminal, and for tools.
public struct ExplanationText {
  let showsValues: Bool
  let isAsked: (String) -> Bool

  /// - Parameters:
  ///   - showsValues: whether values are shown; they are patient data.
  ///   - isAsked: which fields are shown, by their paths.
  public init(showsValues: Bool = false, isAsked: @escaping (String) -> Bool = { _ in true }) {
    self.showsValues = showsValues
    self.isAsked = isAsked
  }

  /// Each field that was written, with the lines and fields that it came from, a step further in each time.
  public func output(_ explanation: Explanation) -> String {
    explanation.written.filter { isAsked($0.path) }
      .map { lines($0, indent: 0).joined(separator: "\n") }.joined(separator: "\n")
  }

  /// Each field of the message, with the fields that were made from it.
  public func input(_ explanation: Explanation) -> String {
    explanation.read.filter { isAsked($0.path) }.map(lines).map { $0.joined(separator: "\n") }
      .joined(separator: "\n")
  }

  private func lines(_ field: ExplainedField, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    if let place = field.place {
      return ["\(margin)\(place.file):\(place.line):\(place.column)  \(field.path)\(value(field.value))"]
    }
    let head = "\(margin)\(field.path)\(value(field.value))"
    let made = "\(margin)  \(words(field))"
    return [head, made] + field.sources.flatMap { lines($0, indent: indent + 4) }
  }

  private func words(_ field: ExplainedField) -> String {
    if let rule = field.rule {
      return
        "\(rule.place.file):\(rule.place.line)  \(rule.target) ← \(([rule.source] + rule.through).joined(separator: " | "))"
    }
    switch field.making {
    case .reference: return "a reference to a resource of this message"
    case .id: return "the resource's id"
    default: return "a fixed value"
    }
  }

  private func lines(_ fate: FieldFate) -> [String] {
    let head = "\(fate.place.file):\(fate.place.line):\(fate.place.column)  \(fate.path)\(value(fate.value))"
    let inHub = fate.hub.map { hub in
      "  \(hub.path)" + (hub.rule.map { "  by \($0.place.file):\($0.place.line)" } ?? "")
    }
    if fate.hub.isEmpty, fate.written.isEmpty { return [head, "  goes nowhere"] }
    return [head] + inHub + fate.written.map { "  → \($0)" }
  }

  private func value(_ text: String) -> String { showsValues ? " = \(text)" : "" }
}

// MARK: For tools

extension ExplanationText {
  /// One array: of the fields that were written, or of those of the message.
  public func json(_ explanation: Explanation, ofInput: Bool) -> [UInt8] {
    let fields: [JSONTree] =
      ofInput
      ? explanation.read.filter { isAsked($0.path) }.map(json)
      : explanation.written.filter { isAsked($0.path) }.map(json)
    return JSONTree.array(fields).bytes
  }

  private func json(_ field: ExplainedField) -> JSONTree {
    var members: [(name: String, value: JSONTree)] = [("path", .text(field.path))]
    if showsValues { members.append(("value", .text(field.value))) }
    members.append(("made", .text(field.making.rawValue)))
    if let place = field.place {
      members += [("line", .number(place.line)), ("column", .number(place.column))]
    }
    if let rule = field.rule { members.append(("rule", json(rule))) }
    if !field.sources.isEmpty { members.append(("from", .array(field.sources.map(json)))) }
    return .object(members)
  }

  private func json(_ rule: Rule) -> JSONTree {
    .object([
      ("file", .text(rule.place.file)), ("line", .number(rule.place.line)), ("target", .text(rule.target)),
      ("source", .text(rule.source)), ("through", .texts(rule.through)),
    ])
  }

  private func json(_ fate: FieldFate) -> JSONTree {
    let hub = fate.hub.map { hub in
      JSONTree.object([("path", .text(hub.path)), ("rule", hub.rule.map(json) ?? .null)])
    }
    return .object(
      [("path", .text(fate.path))] + (showsValues ? [("value", .text(fate.value))] : [])
        + [
          ("line", .number(fate.place.line)), ("column", .number(fate.place.column)), ("hub", .array(hub)),
          ("written", .texts(fate.written)),
        ])
  }
}
