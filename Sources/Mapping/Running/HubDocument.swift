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
  private let names: Names

  /// FHIR's own names that tie a Bundle together (R4, 2.36 and 2.3).
  private struct Names: Sendable {
    let resourceType, entry, resource, fullUrl, id, reference: NameID?

    init(_ names: NameTable) {
      resourceType = names.find("resourceType")
      entry = names.find("entry")
      resource = names.find("resource")
      fullUrl = names.find("fullUrl")
      id = names.find("id")
      reference = names.find("reference")
    }
  }

  init(_ library: ShapeLibrary, _ shapes: ShapeTables) {
    self.library = library
    binding = Binding(shapes, ReadPlan(ReadPlanBuilder(library: library)), isXML: false, library)
    names = Names(library.names)
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
    var known: [String: TextRange] = [:]
    for (node, fullURL) in resources(root, workspace.forest) {
      guard let type = type(of: node, in: &workspace) else { continue }
      workspace.message.root = node
      workspace.message.rootType = type.id
      workspace.bind(node, type: type.id, read: -1, frame: 0, binding, checks: true)
      let id = value(names.id, of: node, workspace.forest).map { workspace.forest.string($0) } ?? ""
      let reference = workspace.forest.append("\(type.name)/\(id)")
      _ = workspace.resources.add(node, type: Int32(type.id), reference: reference)
      known[workspace.forest.string(reference)] = reference
      if let fullURL { known[workspace.forest.string(fullURL)] = reference }
    }
    resolve(known, below: root, in: &workspace)
    workspace.formulaEnvironment.hasPrimitiveElements = workspace.forest.hasPrimitiveElements(below: root)
    try workspace.throwReports()
  }

  private func resources(_ root: NodeID, _ forest: borrowing Forest) -> [(NodeID, fullURL: TextRange?)] {
    guard let type = value(names.resourceType, of: root, forest), forest.string(type) == "Bundle" else {
      return [(root, nil)]
    }
    guard let entries = names.entry.flatMap({ forest.child(root, named: $0) }) else { return [] }
    return forest.children(entries).compactMap { entry in
      names.resource.flatMap { forest.child(entry, named: $0) }.map {
        ($0, value(names.fullUrl, of: entry, forest))
      }
    }
  }

  private func value(_ name: NameID?, of node: NodeID, _ forest: borrowing Forest) -> TextRange? {
    name.flatMap { forest.child(node, named: $0) }.map { forest[$0].text }
  }

  private func type(of node: NodeID, in workspace: inout Workspace) -> (id: TypeID, name: String)? {
    let name = value(names.resourceType, of: node, workspace.forest).map { workspace.forest.string($0) } ?? ""
    if let shape = library.resource(name) { return (shape.root, name) }
    let near = NearNames.of(name, among: library.resourceTypes)
    workspace.report(
      .unknownResource(type: near.isEmpty ? "…" : name, near: near), at: workspace.forest[node].offset)
    return nil
  }

  /// Makes each reference the very text by which its resource is known.
  private func resolve(_ known: [String: TextRange], below root: NodeID, in workspace: inout Workspace) {
    for node in root..<workspace.forest[root].end where workspace.forest[node].name == names.reference {
      if let reference = known[workspace.forest.string(node)] { workspace.forest[node].text = reference }
    }
  }
}
