/// A name in a namespace; the empty namespace is none.
struct SchemaName: Hashable {
  let namespace: String
  let local: String

  /// Whether it belongs to the language of schemas itself, as `xs:string` does.
  var isBuiltIn: Bool { namespace == Self.schemaNamespace }

  static let schemaNamespace = "http://www.w3.org/2001/XMLSchema"
  static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"
}
