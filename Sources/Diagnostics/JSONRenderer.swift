/// Renders diagnostics as JSON for tools: one array of objects.
///
/// Members: `code`, `severity`, `message`, `label`, `help` (array), `file`, `line`, `column`, `path` (or
/// null),
/// `labels` (array of `text`, `file`, `line`, `column`).
public struct JSONRenderer: Sendable {
  /// A renderer; it has no settings.
  public init() {}

  /// All of them as one JSON array.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    "[" + diagnostics.map(object).joined(separator: ",") + "]"
  }

  private func object(_ diagnostic: Diagnostic) -> String {
    let wording = diagnostic.problem.wording
    let labels = diagnostic.labels.map { "{\"text\":\(Self.quote($0.text)),\(position($0.place))}" }
    return
      "{\"code\":\(Self.quote(diagnostic.code.rawValue)),\"severity\":\(Self.quote(diagnostic.severity.rawValue)),"
      + "\"message\":\(Self.quote(wording.title)),\"label\":\(Self.quote(wording.label)),"
      + "\"help\":[\(wording.help.map(Self.quote).joined(separator: ","))],\(position(diagnostic.place)),"
      + "\"path\":\(diagnostic.place.path.map(Self.quote) ?? "null"),\"labels\":[\(labels.joined(separator: ","))]}"
  }

  private func position(_ place: Place) -> String {
    "\"file\":\(Self.quote(place.file)),\"line\":\(place.line),\"column\":\(place.column)"
  }

  /// A text as a JSON string in quotes (RFC 8259, section 7).
  public static func quote(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
