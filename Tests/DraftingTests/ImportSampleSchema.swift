import Foundation
import FoundationXML

/// A schema as another program would read it, independent of the import that is tested.
final class SampleSchema {
  /// An element of a schema file with the prefixes that hold there.
  final class Element {
    let kind: String
    let attributes: [String: String]
    let prefixes: [String: String]
    let target: String
    let isQualified: Bool
    var children: [Element] = []

    init(_ kind: String, _ attributes: [String: String], _ parent: Element?, includedInto: String?) {
      self.kind = kind
      self.attributes = attributes
      var prefixes = parent?.prefixes ?? [:]
      for (name, value) in attributes where name == "xmlns" || name.hasPrefix("xmlns:") {
        prefixes[String(name.dropFirst(6))] = value
      }
      self.prefixes = prefixes
      target = parent?.target ?? attributes["targetNamespace"] ?? includedInto ?? ""
      isQualified = parent?.isQualified ?? (attributes["elementFormDefault"] == "qualified")
    }

    subscript(name: String) -> String? { attributes[name] }
    func child(_ kinds: String...) -> Element? { children.first { kinds.contains($0.kind) } }

    /// `{namespace}local` of a reference.
    func name(_ attribute: String) -> String? {
      guard let text = self[attribute] else { return nil }
      let parts = text.split(separator: ":").map(String.init)
      if parts.count == 2 { return "{\(prefixes[parts[0]] ?? "")}\(parts[1])" }
      let uri = prefixes[""] ?? ""
      return "{\(uri.isEmpty ? target : uri)}\(text)"
    }
  }

  static let xs = "{http://www.w3.org/2001/XMLSchema}"
  private(set) var declared: [String: Element] = [:]
  private(set) var derived: [String: [Element]] = [:]
  private(set) var target = ""
  private var known: Set<String> = []

  init(_ file: String) {
    load(URL(fileURLWithPath: file), includedInto: nil)
  }

  func find(_ kind: String, _ name: String) -> Element? { declared["\(kind) \(name)"] }

  private func load(_ file: URL, includedInto: String?) {
    guard known.insert(file.standardized.path + " " + (includedInto ?? "")).inserted,
      let root = SampleSchemaParser(includedInto).parse(file)
    else { return }
    if known.count == 1 { target = root.target }
    for node in root.children {
      if let location = node["schemaLocation"], !location.contains("://") {
        let next = URL(fileURLWithPath: location, relativeTo: file)
        load(next, includedInto: node.kind == "include" ? root.target : nil)
      }
      guard let name = node["name"] else { continue }
      let kind = node.kind.hasSuffix("Type") ? "type" : node.kind
      declared["\(kind) {\(root.target)}\(name)"] = node
      if let base = node.child("complexContent")?.child("extension", "restriction")?.name("base") {
        derived[base, default: []].append(node)
      }
    }
  }
}

/// Builds the tree of one file.
private final class SampleSchemaParser: NSObject, XMLParserDelegate {
  private let includedInto: String?
  private var open: [SampleSchema.Element] = []
  private var root: SampleSchema.Element?

  init(_ includedInto: String?) { self.includedInto = includedInto }

  func parse(_ file: URL) -> SampleSchema.Element? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    let parser = XMLParser(data: data)
    parser.delegate = self
    _ = parser.parse()
    return root
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let kind = name.split(separator: ":").last.map(String.init) ?? name
    let element = SampleSchema.Element(kind, attributes, open.last, includedInto: includedInto)
    open.last?.children.append(element)
    root = root ?? element
    open.append(element)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open.removeLast() }
}
