import Diagnostics
import Documents
import Formats

/// Turns a file's bytes into ``SchemaNode``s.
struct SchemaFileReader {
  let path: String
  let bytes: [UInt8]

  /// - Parameter namespace: that of the file that includes this one, if one does.
  func read(includedInto namespace: String?) throws(Diagnostic) -> SchemaNode {
    var forest = Forest(names: NameTableBuilder().build(), reserving: bytes.count)
    var reader = XMLReader()
    reader.keepsDeclarations = true
    let root = try reader.read(bytes, named: path, into: &forest)
    let attributes = Self.attributes(root, forest, of: "")
    let file = SchemaFile(path: path, bytes: bytes, attributes: attributes, includedInto: namespace)
    guard let node = Self.node(root, forest, file, [:]), node.kind == "schema" else {
      let form = "xs:schema as the root element"
      throw Diagnostic(
        .expectedForm(what: "an XML schema", form: form), at: file.place(ofTagAt: Int(forest[root].offset)))
    }
    return node
  }

  private static func node(
    _ id: NodeID, _ forest: borrowing Forest, _ file: SchemaFile, _ inherited: [String: String]
  ) -> SchemaNode? {
    let name = forest[id].name
    guard forest.namespaceURI(name) == SchemaName.schemaNamespace else { return nil }
    var prefixes = inherited
    for (prefix, uri) in attributes(id, forest, of: XMLReader.declarations) {
      prefixes[prefix == "xmlns" ? "" : prefix] = uri
    }
    let isObject = forest[id].kind == .object
    var children: [SchemaNode] = []
    for child in isObject ? forest.children(id) : [] {
      if let node = node(child, forest, file, prefixes) { children.append(node) }
    }
    return SchemaNode(
      kind: String(decoding: forest.localName(name), as: UTF8.self), file: file,
      attributes: attributes(id, forest, of: ""), children: children,
      text: isObject ? ownText(id, forest) : forest.string(id), prefixes: prefixes,
      offset: Int(forest[id].offset))
  }

  private static func ownText(_ id: NodeID, _ forest: borrowing Forest) -> String {
    var text = ""
    for child in forest.children(id) where forest.localName(forest[child].name) == Array("$".utf8) {
      text += forest.string(child)
    }
    return text
  }

  /// The attributes in a namespace, by their names without `$`.
  private static func attributes(
    _ id: NodeID, _ forest: borrowing Forest, of namespace: String
  ) -> [String: String] {
    var found: [String: String] = [:]
    guard forest[id].kind == .object else { return found }
    for child in forest.children(id) {
      let name = String(decoding: forest.localName(forest[child].name), as: UTF8.self)
      guard name.hasPrefix("$"), name.count > 1, forest.namespaceURI(forest[child].name) == namespace else {
        continue
      }
      found[String(name.dropFirst())] = forest.string(child)
    }
    return found
  }
}
