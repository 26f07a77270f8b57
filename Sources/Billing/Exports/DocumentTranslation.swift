import Diagnostics
import Documents
import Formats
import Mapping

/// Translates billing's own documents, which are JSON, through the hub into others' XML.
struct DocumentTranslation {
  private let library: MappingLibrary
  private let source: Mapping
  private let target: Mapping

  init(_ library: MappingLibrary, from source: String, to target: String) throws(Diagnostic) {
    self.library = library
    self.source = try library.mapping(source)
    self.target = try library.mapping(target)
  }

  /// The XML document; `check` sees it before it is written.
  /// - Throws: all that is wrong with it.
  func translate(
    _ document: [UInt8], named name: String, check: (NodeID, borrowing Forest) -> Void = { _, _ in }
  ) throws(DiagnosticError) -> [UInt8] {
    var workspace = Workspace(names: library.names)
    let receipt = Receipt(received: "1970-01-01T00:00:00Z", id: name)
    source.begin(named: name, receipt: receipt, in: &workspace)
    let root: NodeID
    do throws(Diagnostic) {
      root = try JSONReader().read(document, named: name, into: &workspace.forest)
    } catch {
      throw DiagnosticError([error])
    }
    _ = try source.check(root, document, in: &workspace)
    try source.writeHub(in: &workspace)
    let written = try target.write(in: &workspace)
    check(written, workspace.forest)
    return XMLWriter(names: library.names).with(target.prefixes).bytes(written, of: workspace.forest)
  }
}
