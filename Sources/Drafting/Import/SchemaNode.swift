import Diagnostics

/// An element of a schema file with the prefixes that hold there.
final class SchemaNode {
  /// `complexType`, `element`, …
  let kind: String
  let file: SchemaFile
  /// The attributes without a namespace.
  let attributes: [String: String]
  /// The elements in it that belong to the language of schemas.
  let children: [SchemaNode]
  /// Its own text.
  let text: String
  /// What the prefixes stand for; the empty one is the default.
  let prefixes: [String: String]
  private let offset: Int

  init(
    kind: String, file: SchemaFile, attributes: [String: String], children: [SchemaNode], text: String,
    prefixes: [String: String], offset: Int
  ) {
    self.kind = kind
    self.file = file
    self.attributes = attributes
    self.children = children
    self.text = text
    self.prefixes = prefixes
    self.offset = offset
  }

  var id: ObjectIdentifier { ObjectIdentifier(self) }
  var place: Place { file.place(ofTagAt: offset) }
  subscript(attribute: String) -> String? { attributes[attribute]?.collapsed }

  /// The first child of one of some kinds.
  func child(_ kinds: String...) -> SchemaNode? { children.first { kinds.contains($0.kind) } }

  func children(_ kind: String) -> [SchemaNode] { children.filter { $0.kind == kind } }

  func isTrue(_ attribute: String) -> Bool { ["true", "1"].contains(self[attribute]) }
}

// MARK: Names

extension SchemaNode {
  /// The name that an attribute refers to, its prefix looked up here.
  func reference(_ attribute: String) throws(Diagnostic) -> SchemaName? {
    guard let text = self[attribute], !text.isEmpty else { return nil }
    return try name(text)
  }

  /// The names of a list of references.
  func references(_ attribute: String) throws(Diagnostic) -> [SchemaName] {
    var names: [SchemaName] = []
    for text in (self[attribute] ?? "").split(separator: " ") { names.append(try name(String(text))) }
    return names
  }

  private func name(_ text: String) throws(Diagnostic) -> SchemaName {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    if parts.count == 2 {
      if parts[0] == "xml" { return SchemaName(namespace: SchemaName.xmlNamespace, local: parts[1]) }
      guard let uri = prefixes[parts[0]] else { throw Diagnostic(.undeclaredPrefix, at: place) }
      return SchemaName(namespace: uri, local: parts[1])
    }
    let uri = prefixes[""] ?? ""
    return SchemaName(namespace: uri.isEmpty && file.isChameleon ? file.targetNamespace : uri, local: text)
  }

  /// What a global declaration or definition is called.
  var globalName: SchemaName { SchemaName(namespace: file.targetNamespace, local: self["name"] ?? "") }
}

// MARK: Words

extension SchemaNode {
  /// The first sentence of its documentation, cut to the size of a remark.
  var documentation: String {
    let texts = children("annotation").flatMap { $0.children("documentation") }.map(\.text)
    let lines = texts.joined(separator: "\n\n").split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    )
    .map { String($0).collapsed }
    let paragraph = lines.drop(while: \.isEmpty).prefix { !$0.isEmpty }.joined(separator: " ")
    let end = paragraph.firstRange(of: ". ")?.lowerBound ?? paragraph.endIndex
    let sentence = paragraph[..<end]
    return String(sentence.hasSuffix(".") ? sentence.dropLast() : sentence).shortened(to: 60)
  }
}

extension String {
  /// Without white space around it, and with single spaces in it.
  var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// Cut behind a word, with `…` for the rest.
  func shortened(to most: Int) -> String {
    guard count > most else { return self }
    let start = prefix(most)
    let end = start.lastIndex(of: " ") ?? start.endIndex
    return start[..<end].trimmingEnd(",;:-–(") + "…"
  }
}

extension Substring {
  fileprivate func trimmingEnd(_ characters: String) -> Substring {
    var rest = self
    while let last = rest.last, characters.contains(last) || last == " " { rest.removeLast() }
    return rest
  }
}
