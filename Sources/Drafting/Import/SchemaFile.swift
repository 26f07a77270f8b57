import Diagnostics

/// What the elements of one schema file share; a file that is included into two namespaces counts as two.
final class SchemaFile {
  let path: String
  let bytes: [UInt8]
  let targetNamespace: String
  /// Whether it has no namespace of its own and took that of the file that includes it.
  let isChameleon: Bool
  let qualifiesElements: Bool
  let qualifiesAttributes: Bool

  init(path: String, bytes: [UInt8], attributes: [String: String], includedInto namespace: String?) {
    self.path = path
    self.bytes = bytes
    let own = attributes["targetNamespace"] ?? ""
    targetNamespace = own.isEmpty ? namespace ?? "" : own
    isChameleon = own.isEmpty && namespace ?? "" != ""
    qualifiesElements = attributes["elementFormDefault"] == "qualified"
    qualifiesAttributes = attributes["attributeFormDefault"] == "qualified"
  }

  /// The place of a tag, with its line: schemas hold nobody's data.
  func place(ofTagAt offset: Int) -> Place {
    let place = Place(message: bytes, named: path, offset: offset)
    guard let text = String(validating: bytes, as: UTF8.self) else { return place }
    let name = bytes.dropFirst(offset).prefix {
      $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
    }
    return SourceText(file: path, text: text)
      .place(line: place.line - 1, column: place.column - 1, length: name.count)
  }
}
