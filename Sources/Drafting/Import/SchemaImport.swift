public import Diagnostics

/// Drafts shapes from an XML schema (W3C XML Schema 1.0).
///
/// Documents that the schema allows can be read by the draft, but for values that the schema lets be empty and
/// the draft demands, and for dates that only a pattern describes; remarks in the draft say so.
public struct SchemaImport {
  private let schemas: SchemaSet
  private let file: String

  /// Reads a schema and all files that it includes or imports.
  /// - Parameters:
  ///   - file: the schema's path; the paths of others are relative to it.
  ///   - read: gives the bytes of a file, `nil` when there is none.
  /// - Throws: a missing file, malformed XML, and what is no schema.
  public init(_ file: String, read: @escaping (String) -> [UInt8]?) throws(Diagnostic) {
    self.file = file
    schemas = try SchemaSet(file, read: read)
  }

  /// The elements that can be a document's root, in the order in which they are declared.
  public var rootElements: [String] { schemas.globalElements.compactMap { $0["name"] } }

  /// The root when there is no choice: the only element, or the only one that no other uses.
  public var onlyRoot: String? {
    let used = Set(schemas.schemas.flatMap(Self.usedElements))
    let free = schemas.globalElements.filter { !used.contains($0.globalName) && !$0.isTrue("abstract") }
    return free.count == 1 ? free.first?["name"] : nil
  }

  private static func usedElements(_ node: SchemaNode) -> [SchemaName] {
    let own = node.kind == "element" ? (try? node.reference("ref")).flatMap { $0 } : nil
    return (own.map { [$0] } ?? []) + node.children.flatMap(usedElements)
  }

  /// Drafts the shape of documents with a root element.
  /// - Parameters:
  ///   - root: one of ``rootElements``.
  ///   - name: the shape's name; made of the root's when `nil`.
  /// - Throws: a name in the schema that nothing declares, or a definition by itself.
  public func shape(root: String, name: String? = nil) throws(Diagnostic) -> ShapeDraft {
    guard let node = schemas.globalElements.first(where: { $0["name"] == root }) else {
      let near = NearNames.of(root, among: rootElements)
      throw Diagnostic(
        .unknownInSchema(what: "element", name: root, namespace: "", near: near),
        at: Place(file: file, line: 1, column: 1))
    }
    var drafter = SchemaDrafter(schemas)
    let field = try drafter.field(global: node)
    try drafter.draftTypes()
    var draft = SchemaShape.draft(field, drafter, named: name ?? Self.kebab(root))
    draft.title = title(node)
    draft.comments = comments(drafter)
    return draft
  }

  private func title(_ node: SchemaNode) -> String {
    let documentation = node.documentation
    return documentation.isEmpty ? schemas.schemas.first?.documentation ?? "" : documentation
  }

  private func comments(_ drafter: SchemaDrafter) -> [String] {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let notes = SchemaNote.allCases.filter { drafter.notes.contains($0) }.map(\.rawValue)
    return ["Drafted by `sluss shape import \(name)`."] + notes
  }

  /// `get-care-contacts` of GetCareContacts.
  private static func kebab(_ name: String) -> String {
    var kebab = ""
    var isInWord = false
    for character in name {
      if character.isUppercase, isInWord { kebab += "-" }
      kebab += character.lowercased()
      isInWord = character.isLowercase || character.isNumber
    }
    return kebab
  }
}
