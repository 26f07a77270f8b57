import Diagnostics

/// An object in JSON as it is written, member by member, always in the same order.
struct JSONObjectText {
  private(set) var text = "{"

  private mutating func name(_ name: String) {
    if text.utf8.count > 1 { text += "," }
    text += "\"\(name)\":"
  }

  /// A text; nothing when it is empty.
  mutating func add(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    self.name(name)
    text += JSONRenderer.quote(value)
  }

  /// A number or another value that is JSON already.
  mutating func add(_ name: String, json value: String) {
    self.name(name)
    text += value
  }

  /// An amount as a number with two decimals.
  mutating func add(_ name: String, _ value: Money) { add(name, json: value.description) }

  mutating func add(_ name: String, _ value: Bool) { add(name, json: value ? "true" : "false") }

  /// A list of what is JSON already.
  static func list(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }

  /// A text.
  static func text(_ text: String) -> String { JSONRenderer.quote(text) }

  /// The closed object.
  var closed: String { text + "}" }
  /// The closed object in UTF-8.
  var bytes: [UInt8] { Array(closed.utf8) }
}
