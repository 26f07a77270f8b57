import Diagnostics
import YAML

/// A type as a field writes it: `uri`, or `uri as canonical`.
struct WrittenType {
  let node: YAMLNode
  /// The type alone; `nil` when the field has fields of its own.
  let type: String?
  /// How formulas call it.
  let name: String?

  init(_ node: YAMLNode) {
    self.node = node
    guard let text = node.text, !text.hasPrefix("="), let mark = text.ranges(of: Self.mark).last,
      !text[mark.upperBound...].contains(")")
    else {
      type = node.text
      name = nil
      return
    }
    type = String(text[..<mark.lowerBound].trimming(" "))
    name = String(text[mark.upperBound...].trimming(" "))
  }

  private static let mark = " as "

  /// Where the type stands.
  var place: Place { name == nil ? node.place : node.place(of: 0..<(type?.count ?? 0)) }

  /// Where the name stands.
  var placeOfName: Place {
    let end = node.text?.count ?? 0
    return node.place(of: end - (name?.count ?? 0)..<end)
  }
}
