import Diagnostics
import YAML

/// Reads values, and notes those that are none.
extension EntranceReader {
  mutating func list<Item>(
    _ node: YAMLNode?, _ what: String, _ form: String, _ read: (String) -> Item?
  ) -> [Item] {
    guard let node, !node.isEmpty else { return [] }
    return (node.items ?? [node]).compactMap { item in
      if let value = item.text.flatMap(read) { return value }
      expect(what, form, at: item.place)
      return nil
    }
  }

  mutating func port(_ node: YAMLNode?) -> UInt16 {
    guard let node else { return 0 }
    if let port = node.text.flatMap({ UInt16($0) }) { return port }
    expect("the port", "a whole number from 0 to 65535", at: node.place)
    return 0
  }

  mutating func boolean(_ node: YAMLNode?) -> Bool {
    choice(node, ["true", "false"]) == "true"
  }

  mutating func choice(_ node: YAMLNode?, _ words: [String]) -> String? {
    guard let node else { return nil }
    if let text = node.text, words.contains(text) { return text }
    expect("this", words.map { "`\($0)`" }.joined(separator: " or "), at: node.place)
    return nil
  }

  mutating func expect(_ what: String, _ form: String, at place: Place) {
    diagnostics.append(Diagnostic(.expectedForm(what: what, form: form), at: place))
  }

  mutating func attempt<T>(_ body: (inout EntranceReader) throws(Diagnostic) -> T) -> T? {
    do throws(Diagnostic) {
      return try body(&self)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }
}
