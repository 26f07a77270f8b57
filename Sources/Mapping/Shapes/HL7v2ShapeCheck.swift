import Diagnostics
import YAML

/// Checks that a shape of HL7 v2 has the levels of a message: segments and groups of segments, fields,
/// components, sub-components.
struct HL7v2ShapeCheck {
  private enum Level: Int {
    case message, segment, field, component

    var below: Level? { Level(rawValue: rawValue + 1) }
  }

  private let source: ShapeSource
  /// The shape and all that it uses, near or far, with their types.
  private let declaring: [ShapeSource]
  private var diagnostics: [Diagnostic] = []
  /// The named types around the one at hand.
  private var open: [String] = []

  /// What is wrong with a shape.
  static func run(_ source: ShapeSource, among sources: [String: ShapeSource]) -> [Diagnostic] {
    var check = HL7v2ShapeCheck(source, sources)
    if let fields = source.fields { check.check(fields, .message) }
    return check.diagnostics
  }

  private init(_ source: ShapeSource, _ sources: [String: ShapeSource]) {
    self.source = source
    var declaring = [source]
    var next = 0
    while next < declaring.count {
      let used = declaring[next].uses.compactMap { sources[$0.text ?? ""] }
      declaring += used.filter { shape in !declaring.contains { $0.name == shape.name } }
      next += 1
    }
    self.declaring = declaring
  }

  private mutating func check(_ node: YAMLNode, _ level: Level) {
    for entry in node.entries ?? [] {
      let name = entry.name.trimmingCardinality
      let isRepeated = entry.name.hasSuffix("*") || entry.name.hasSuffix("+")
      if level == .message {
        checkSegment(entry, name)
      } else if !Self.isPosition(name) {
        tell("a field, component or sub-component", "its number, from 1", entry.key.place)
      } else if isRepeated, level != .segment {
        tell("a component", "a name without `*` or `+`: only fields and segments repeat", entry.key.place)
      } else {
        descend(entry.value, to: level.below, entry.key.place)
      }
    }
  }

  private mutating func checkSegment(_ entry: YAMLNode.Entry, _ name: String) {
    guard Self.isSegmentOrGroup(name) else {
      return tell(
        "a part of a message", "a segment (PID) or a group of segments (PATIENT_VISIT)", entry.key.place)
    }
    guard fields(of: entry.value) != nil else {
      return tell(name.count == 3 ? "a segment" : "a group", "further fields", entry.key.place)
    }
    descend(entry.value, to: name.count == 3 ? .segment : .message, entry.key.place)
  }

  private mutating func descend(_ node: YAMLNode, to level: Level?, _ place: Place) {
    guard let fields = fields(of: node) else { return }
    guard let level else { return tell("a sub-component", "a type: nothing is below it", place) }
    guard let type = node.text else { return check(fields, level) }
    guard !open.contains(type) else { return tell("a type of HL7 v2", "nothing of itself in it", place) }
    open.append(type)
    check(fields, level)
    open.removeLast()
  }

  /// The fields of a nested tree or of a named type.
  private func fields(of node: YAMLNode) -> YAMLNode? {
    if node.entries != nil { return node }
    return declaring.lazy.compactMap { $0.types.first { $0.name == node.text }?.value }.first
  }

  private mutating func tell(_ what: String, _ form: String, _ place: Place) {
    let diagnostic = Diagnostic(.expectedForm(what: what, form: form), at: place)
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  private static func isPosition(_ name: String) -> Bool {
    Int(name).map { $0 > 0 && String($0) == name } ?? false
  }

  private static func isSegmentOrGroup(_ name: String) -> Bool {
    guard name.utf8.count >= 3, let first = name.utf8.first, (0x41...0x5A).contains(first) else {
      return false
    }
    return name.utf8.allSatisfy { (0x41...0x5A).contains($0) || ScalarSyntax.isDigit($0) || $0 == 0x5F }
  }
}

extension String {
  fileprivate var trimmingCardinality: String {
    last.map { "?*+!".contains($0) } == true ? String(dropLast()) : self
  }
}
