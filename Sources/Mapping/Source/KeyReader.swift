import Diagnostics
import YAML

/// Reads the parts of configuration files that all kinds share, and collects what is wrong with them.
struct KeyReader {
  let entries: [YAMLNode.Entry]
  let place: Place
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - what: the kind of thing for diagnostics, such as "a shape".
  ///   - allowed: all keys that mean something here; the first is required.
  init(_ node: YAMLNode, what: String, allowed: [String]) throws(Diagnostic) {
    guard let entries = node.entries else {
      throw Diagnostic(.expectedForm(what: what, form: "`\(allowed[0]): …` and further keys"), at: node.place)
    }
    self.entries = entries
    place = node.place
    for entry in entries where !allowed.contains(entry.name) {
      let near = NearNames.of(entry.name, among: allowed)
      diagnostics.append(
        Diagnostic(.unknownKey(key: entry.name, near: near, allowed: allowed), at: entry.key.place))
    }
    if self[allowed[0]] == nil {
      diagnostics.append(Diagnostic(.missingKey(key: allowed[0], what: what), at: place))
    }
  }

  subscript(key: String) -> YAMLNode? { entries.first { $0.name == key }?.value }

  /// The text of a key's value; a diagnostic when it is no text.
  mutating func text(_ key: String) -> String? {
    guard let node = self[key] else { return nil }
    if let text = node.text, !text.isEmpty { return text }
    diagnostics.append(Diagnostic(.expectedForm(what: "`\(key)`", form: "a text"), at: node.place))
    return nil
  }

  /// The pairs of a key's value; a diagnostic when it is no map.
  mutating func entries(_ key: String) -> [YAMLNode.Entry] {
    guard let node = self[key], !node.isEmpty else { return [] }
    if let entries = node.entries { return entries }
    diagnostics.append(Diagnostic(.expectedForm(what: "`\(key)`", form: "`name: …` lines"), at: node.place))
    return []
  }
}
