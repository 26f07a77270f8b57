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
    guard let text = node.text, !text.hasPrefix("="), let mark = Self.lastMark(in: text),
      !text[mark.upperBound...].contains(")")
    else {
      type = node.text
      name = nil
      return
    }
    type = String(text[..<mark.lowerBound].trimming(" "))
    name = String(text[mark.upperBound...].trimming(" "))
  }

  /// Where ` as ` last stands. Byte by byte: thousands of types are read when a gateway starts.
  private static func lastMark(in text: String) -> Range<String.Index>? {
    var text = text
    let place = text.withUTF8 { bytes -> Int? in
      var start = bytes.count - 4
      while start >= 0 {
        if bytes[start] == UInt8(ascii: " "), bytes[start...].starts(with: " as ".utf8) { return start }
        start -= 1
      }
      return nil
    }
    guard let place else { return nil }
    let start = text.utf8.index(text.startIndex, offsetBy: place)
    return start..<text.utf8.index(start, offsetBy: 4)
  }

  /// Where the type stands.
  var place: Place { name == nil ? node.place : node.place(of: 0..<(type?.count ?? 0)) }

  /// Where the name stands.
  var placeOfName: Place {
    let end = node.text?.count ?? 0
    return node.place(of: end - (name?.count ?? 0)..<end)
  }
}
