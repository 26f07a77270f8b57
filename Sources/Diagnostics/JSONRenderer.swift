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
    let labels = diagnostic.labels.map { "{\"text\":\(quote($0.text)),\(position($0.place))}" }
    return "{\"code\":\(quote(diagnostic.code.rawValue)),\"severity\":\(quote(diagnostic.severity.rawValue)),"
      + "\"message\":\(quote(wording.title)),\"label\":\(quote(wording.label)),"
      + "\"help\":[\(wording.help.map(quote).joined(separator: ","))],\(position(diagnostic.place)),"
      + "\"path\":\(diagnostic.place.path.map(quote) ?? "null"),\"labels\":[\(labels.joined(separator: ","))]}"
  }

  private func position(_ place: Place) -> String {
    "\"file\":\(quote(place.file)),\"line\":\(place.line),\"column\":\(place.column)"
  }

  private func quote(_ text: String) -> String {
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
