/// The prefixes of a draft: those of the examples where they have some, else made from the namespace's name.
struct NamespacePrefixes: Sendable {
  private var declared: [(prefix: String, uri: String)] = []
  private var hints: [String: String] = [:]

  /// The namespaces in the order in which they were met.
  var list: [(prefix: String, uri: String)] { declared }

  /// Takes the prefixes that a document declares. They are names only: what a text merely looks like does no
  /// harm.
  mutating func takeHints(from document: String) {
    for match in document.matches(of: /\sxmlns:([A-Za-z_][\w.\-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/) {
      let uri = String(match.2 ?? match.3 ?? "")
      if hints[uri] == nil { hints[uri] = String(match.1) }
    }
  }

  /// Gives every namespace of a tree a prefix, the root's first.
  mutating func declare(_ root: ObservedName, _ content: ContentEvidence) {
    if !root.namespace.isEmpty { add(root.namespace) }
    declare(content, inside: root.namespace)
  }

  /// Elements without a namespace need a prefix too where their parent has one.
  private mutating func declare(_ content: ContentEvidence, inside namespace: String) {
    for field in content.fields where !field.name.isAttribute {
      if field.name.namespace != namespace { add(field.name.namespace) }
      declare(field.content, inside: field.name.namespace)
    }
  }

  private mutating func add(_ uri: String) {
    guard !declared.contains(where: { $0.uri == uri }) else { return }
    let wanted = uri.isEmpty ? "none" : hints[uri] ?? Self.made(from: uri)
    var prefix = wanted
    var number = 2
    while declared.contains(where: { $0.prefix == prefix }) {
      prefix = wanted + String(number)
      number += 1
    }
    declared.append((prefix, uri))
  }

  /// The last word of a namespace, when it is short.
  private static func made(from uri: String) -> String {
    let words = uri.split { !($0.isASCII && $0.isLetter) }.map { $0.lowercased() }
    return words.last { (2...10).contains($0.count) } ?? "ns"
  }

  /// A name with its prefix.
  func qualified(_ name: ObservedName) -> String {
    declared.first { $0.uri == name.namespace }.map { "\($0.prefix):\(name.local)" } ?? name.local
  }
}
