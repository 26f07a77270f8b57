/// Where `escape` and `unescape` mean a text to stand.
enum TextEscaping: String {
  case html, json

  func escape(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch (self, scalar) {
      case (.html, "<"), (.html, ">"), (.html, "&"), (.html, "\""), (.html, "'"):
        escaped += "&\(Self.entities[scalar] ?? "#39");".unicodeScalars
      case (.json, "\""), (.json, "\\"): escaped += ["\\", scalar]
      case (.json, let control) where control.value < 0x20:
        escaped += Self.escapedControl(control).unicodeScalars
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }

  func unescape(_ text: String) -> String {
    switch self {
    case .html: Self.unescapedHTML(text)
    case .json: Self.unescapedJSON(text)
    }
  }

  private static let entities: [Unicode.Scalar: String] = [
    "<": "lt", ">": "gt", "&": "amp", "\"": "quot", "'": "#39",
  ]
  private static let controls: [Unicode.Scalar: Unicode.Scalar] = [
    "n": "\n", "r": "\r", "t": "\t", "f": "\u{0C}", "b": "\u{08}",
  ]

  private static func escapedControl(_ scalar: Unicode.Scalar) -> String {
    if let letter = controls.first(where: { $0.value == scalar })?.key { return "\\" + String(letter) }
    let code = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - code.count) + code
  }

  private static func unescapedHTML(_ text: String) -> String {
    var plain = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      plain += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ";"),
        let scalar = scalar(ofEntity: rest[rest.index(after: start)..<end])
      else {
        plain += "&"
        rest = rest[rest.index(after: start)...]
        continue
      }
      plain.unicodeScalars.append(scalar)
      rest = rest[rest.index(after: end)...]
    }
    return plain + rest
  }

  private static func scalar(ofEntity name: Substring) -> Unicode.Scalar? {
    if let known = entities.first(where: { $0.value == name })?.key { return known }
    if name == "apos" { return "'" }
    if name.hasPrefix("#x") { return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init) }
    return name.hasPrefix("#") ? UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) : nil
  }

  private static func unescapedJSON(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escape = rest.popFirst() else {
        plain.append(scalar)
        continue
      }
      if escape == "u", let code = UInt32(String(rest.prefix(4)), radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        plain.append(scalar)
        rest = rest.dropFirst(4)
      } else {
        plain.append(controls[escape] ?? escape)
      }
    }
    return String(plain)
  }
}
