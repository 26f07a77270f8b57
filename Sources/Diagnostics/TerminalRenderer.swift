/// Renders diagnostics for a person at a terminal, with the line and carets where there is a line to show.
public struct TerminalRenderer: Sendable {
  private let color: Bool

  /// - Parameter color: whether ANSI colours are used.
  public init(color: Bool = false) {
    self.color = color
  }

  /// One diagnostic, ending in a line feed.
  public func render(_ diagnostic: Diagnostic) -> String {
    let wording = diagnostic.problem.wording
    var out = paint(
      diagnostic.severity == .error ? 31 : 33, "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]")
    out += paint(1, ": \(wording.title)") + "\n"
    out += render(diagnostic.place, label: wording.label, arrow: "-->")
    for label in diagnostic.labels { out += render(label.place, label: label.text, arrow: ":::") }
    for help in wording.help {
      out += "   = " + help.replacing("\n", with: "\n     ") + "\n"
    }
    return out
  }

  /// Several, an empty line between each two.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(render).joined(separator: "\n")
  }

  private func render(_ place: Place, label: String, arrow: String) -> String {
    var out = "  \(arrow) \(place.file):\(place.line):\(place.column)"
    guard let excerpt = place.excerpt else {
      return out + (label.isEmpty ? "\n" : ": \(label)\n")
    }
    let number = String(place.line)
    let margin = String(repeating: " ", count: number.count)
    let indent = String(repeating: " ", count: max(0, place.column - 1))
    let carets = String(repeating: "^", count: place.length)
    out += "\n \(margin) |\n \(number) | \(excerpt)\n \(margin) | "
    out += indent + paint(31, carets + (label.isEmpty ? "" : " " + label)) + "\n"
    return out
  }

  private func paint(_ code: Int, _ text: String) -> String {
    color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
