public import Diagnostics
public import Documents
import FHIRPath

/// Takes resources that come from elsewhere into the hub: a FHIR R4 Bundle, or one resource, as JSON.
///
/// Each is checked against its shape; what the shape does not name is kept. References are resolved within the Bundle, by
/// `Type/id` and by `fullUrl`.
public struct HubDocument: Sendable {
  private let library: ShapeLibrary
  private let binding: Binding

  /// FHIR's own names that tie a Bundle together (R4, 2.36 and 2.3).
  private struct Names {
    let resourceType, entry, resource, fullUrl, id, reference: NameID

    init(_ forest: inout Forest) {
      resourceType = forest.intern("resourceType")
      entry = forest.intern("entry")
      resource = forest.intern("resource")
      fullUrl = forest.intern("fullUrl")
      id = forest.intern("id")
      reference = forest.intern("reference")
    }
  }

  init(_ library: ShapeLibrary, _ shapes: ShapeTables) {
    self.library = library
    binding = Binding(shapes, ReadPlan(ReadPlanBuilder(library: library)), isXML: false, library)
  }

  /// Prepares a workspace for a new document.
  public func begin(named file: String, receipt: Receipt, in workspace: inout Workspace) {
    workspace.begin(named: file, receipt: receipt)
  }

  /// Takes the resources of a document that was read.
  /// - Parameter bytes: the document as it came, for the places of diagnostics.
  /// - Throws: all that is wrong with them.
  public func take(_ root: NodeID, _ bytes: [UInt8], in workspace: inout Workspace) throws(DiagnosticError) {
    workspace.message.bytes = bytes
    let names = Names(&workspace.forest)
    var known = TextNumbers()
    var references: [TextRange] = []
    for (node, fullURL) in Self.resources(root, names, workspace.forest) {
      guard let type = type(of: node, names, in: &workspace) else { continue }
      workspace.message.root = node
      workspace.message.rootType = type.id
      workspace.bind(node, type: type.id, read: -1, frame: 0, binding, checks: true)
      let id = Self.value(names.id, of: node, workspace.forest)
      let reference = Self.reference(to: type.name, id, fullURL, in: &workspace.forest)
      _ = workspace.resources.add(node, type: Int32(type.id), reference: reference)
      if id != nil { known.set(reference, to: references.count, in: workspace.forest) }
      if let fullURL {
        known.set(fullURL, to: references.count, in: workspace.forest)
        // What has no id of its own is known by its URL alone, also to those who write it again.
        if id == nil { workspace.forest[node].text = reference }
      }
      references.append(reference)
    }
    for node in root..<workspace.forest[root].end where workspace.forest[node].name == names.reference {
      // Each reference becomes the very text by which its resource is known.
      guard let number = known.number(of: workspace.forest[node].text, in: workspace.forest) else { continue }
      workspace.forest[node].text = references[number]
    }
    workspace.formulaEnvironment.hasPrimitiveElements = workspace.forest.hasPrimitiveElements(below: root)
    try workspace.throwReports()
  }

  private static func resources(
    _ root: NodeID, _ names: Names, _ forest: borrowing Forest
  ) -> [(NodeID, fullURL: TextRange?)] {
    guard let type = value(names.resourceType, of: root, forest), forest.string(type) == "Bundle" else {
      return [(root, nil)]
    }
    guard let entries = forest.child(root, named: names.entry) else { return [] }
    return forest.children(entries).compactMap { entry in
      forest.child(entry, named: names.resource).map {
        ($0, value(names.fullUrl, of: entry, forest))
      }
    }
  }

  /// What a resource is known by: its type and id, or else the URL beside it.
  private static func reference(
    to type: String, _ id: TextRange?, _ url: TextRange?, in forest: inout Forest
  ) -> TextRange {
    let start = forest.text.count
    if id == nil, let url {
      forest.text.append(copyOf: url.indices)
    } else {
      _ = forest.append(type)
      forest.text.append(UInt8(ascii: "/"))
      if let id { forest.text.append(copyOf: id.indices) }
    }
    return TextRange(start: start, length: forest.text.count - start)
  }

  private static func value(_ name: NameID, of node: NodeID, _ forest: borrowing Forest) -> TextRange? {
    forest.child(node, named: name).map { forest[$0].text }
  }

  private func type(
    of node: NodeID, _ names: Names, in workspace: inout Workspace
  ) -> (id: TypeID, name: String)? {
    let name =
      Self.value(names.resourceType, of: node, workspace.forest).map { workspace.forest.string($0) } ?? ""
    if let shape = library.resource(name) { return (shape.root, name) }
    let near = NearNames.of(name, among: library.resourceTypes)
    workspace.report(
      .unknownResource(type: near.isEmpty ? "…" : name, near: near), at: workspace.forest[node].offset)
    return nil
  }
}
