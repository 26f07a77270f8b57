/// Chooses prefixes: those that the schemas themselves use, else some made of the namespace.
struct SchemaPrefixes {
  private let suggested: [String: String]
  private var chosen: [String: String] = [:]
  /// The prefixes in the order in which they were first asked for.
  private(set) var declared: [(prefix: String, uri: String)] = []

  /// - Parameter schemas: the roots of the schema files; the first one's prefixes go before others'.
  init(_ schemas: [SchemaNode]) {
    var suggested: [String: String] = [:]
    for schema in schemas {
      for (prefix, uri) in schema.prefixes.sorted(by: { $0.key < $1.key })
      where suggested[uri] == nil && Self.saysSomething(prefix) {
        suggested[uri] = prefix
      }
    }
    self.suggested = suggested
  }

  /// `tns` is another namespace in each file.
  private static func saysSomething(_ prefix: String) -> Bool {
    !prefix.isEmpty && !["tns", "this", "target", "self"].contains(prefix)
      && prefix.wholeMatch(of: /ns\d*|[a-z]\d+/) == nil
  }

  /// The prefix of a namespace.
  mutating func prefix(_ uri: String) -> String {
    if let prefix = chosen[uri] { return prefix }
    let wanted =
      uri.isEmpty ? "none" : uri == SchemaName.xmlNamespace ? "xml" : suggested[uri] ?? Self.made(uri)
    var prefix = wanted
    var number = 1
    while declared.contains(where: { $0.prefix == prefix }) {
      number += 1
      prefix = wanted + String(number)
    }
    chosen[uri] = prefix
    declared.append((prefix, uri))
    return prefix
  }

  /// The capitals of the last part that is no version, `gccr` of GetCareContactsResponder; or the part itself.
  private static func made(_ uri: String) -> String {
    let parts = uri.split { !$0.isLetter && !$0.isNumber || !$0.isASCII }.map(String.init)
    guard let part = parts.last(where: { $0.first?.isLetter ?? false && $0.count > 1 }) else { return "n" }
    let capitals = part.prefix(1) + part.dropFirst().filter(\.isUppercase)
    return (capitals.count > 1 ? capitals : part.prefix(part.count > 8 ? 3 : 8)).lowercased()
  }
}
