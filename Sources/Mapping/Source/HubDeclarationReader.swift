import Diagnostics
import YAML

/// Reads `Patient as visit.subject` and `Condition where subject = patient, encounter = visit`.
struct HubDeclarationReader {
  let node: YAMLNode

  // Compiled once, for that takes longer than reading a mapping; matching does not change them.
  nonisolated(unsafe) private static let declaration =
    /([A-Z]\w*)(\?)?(?:\s+(?!as\b|where\b)([\w\-]+))?(?:\s+as\s+(\S+))?(?:\s+where\s+(.+))?\s*/
  nonisolated(unsafe) private static let condition = /\s*(\S+)\s*=\s*(?:'([^']*)'|([\w\-]+))\s*/

  /// - Parameter name: the name, or `nil` when it follows the type (`Condition diagnosis …`, the form of
  ///   `each`).
  func read(name given: String?, place: Place) throws(Diagnostic) -> HubDeclaration {
    guard let text = node.text,
      let match = text.wholeMatch(of: Self.declaration)
    else { throw malformed }
    guard let name = given ?? match.3.map(String.init), given == nil || match.3 == nil,
      given != nil || match.2 == nil
    else {
      throw malformed
    }
    var declaration = HubDeclaration(name: name, type: String(match.1), place: place)
    declaration.mayBeMissing = match.2 != nil
    if let anchor = match.4 {
      declaration.anchor = try PathSource(String(anchor), in: node, offset: offset(of: anchor, in: text))
    }
    if let conditions = match.5 { try read(conditions, of: text, into: &declaration) }
    return declaration
  }

  private var malformed: Diagnostic {
    let form = "`Type`, `Type as name.path` or `Type where field = name, field = 'value'`"
    return Diagnostic(.expectedForm(what: "a hub resource", form: form), at: node.place)
  }

  private func read(
    _ conditions: Substring, of text: String, into declaration: inout HubDeclaration
  ) throws(Diagnostic) {
    for part in conditions.split(separator: ",") {
      guard let match = part.wholeMatch(of: Self.condition) else {
        throw malformed
      }
      let field = try PathSource(String(match.1), in: node, offset: offset(of: match.1, in: text))
      if let value = match.2 {
        declaration.fixed.append(.init(field: field, value: String(value)))
      } else if let name = match.3 {
        let start = offset(of: name, in: text)
        declaration.links.append(
          .init(field: field, name: String(name), place: node.place(of: start..<start + name.count)))
      }
    }
  }

  private func offset(of part: Substring, in text: String) -> Int {
    text.distance(from: text.startIndex, to: part.startIndex)
  }
}
