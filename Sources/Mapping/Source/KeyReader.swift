public import Diagnostics
public import YAML

/// Reads the parts of configuration files that all kinds share, and collects what is wrong with them.
public struct KeyReader {
  /// All that is written, in order.
  public let entries: [YAMLNode.Entry]
  /// Where it begins.
  public let place: Place
  /// What is wrong with it.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Reads the keys of a block; unknown and missing ones are noted.
  /// - Parameter table: the keys that mean something here.
  /// - Throws: when it is no block.
  public init(_ node: YAMLNode, _ table: KeyTable) throws(Diagnostic) {
    guard let entries = node.entries else {
      let form = "`\(table.names.first ?? ""): …` and further keys"
      throw Diagnostic(.expectedForm(what: table.what, form: form), at: node.place)
    }
    self.entries = entries
    place = node.place
    for entry in entries where !table.names.contains(entry.name) {
      let near = NearNames.of(entry.name, among: table.names)
      diagnostics.append(
        Diagnostic(.unknownKey(key: entry.name, near: near, allowed: table.names), at: entry.key.place))
    }
    for key in table.required where self[key] == nil {
      diagnostics.append(Diagnostic(.missingKey(key: key, what: table.what), at: place))
    }
  }

  /// What stands behind a key.
  public subscript(key: String) -> YAMLNode? { entries.first { $0.name == key }?.value }

  /// The text of a key's value; a diagnostic when it is no text.
  public mutating func text(_ key: String) -> String? {
    guard let node = self[key] else { return nil }
    if let text = node.text, !text.isEmpty { return text }
    diagnostics.append(Diagnostic(.expectedForm(what: "`\(key)`", form: "a text"), at: node.place))
    return nil
  }

  /// The pairs of a key's value; a diagnostic when it is no map.
  public mutating func entries(_ key: String) -> [YAMLNode.Entry] {
    guard let node = self[key], !node.isEmpty else { return [] }
    if let entries = node.entries { return entries }
    diagnostics.append(Diagnostic(.expectedForm(what: "`\(key)`", form: "`name: …` lines"), at: node.place))
    return []
  }
}
