public import Diagnostics
public import Documents
import FHIRPath

/// The time and id of a message, given by the rim: nothing in a mapping asks a clock.
public struct Receipt: Sendable {
  /// When it was received: an instant with an offset, RFC 3339.
  public let received: String
  /// The message's id.
  public let id: String

  /// A receipt.
  public init(received: String, id: String) {
    self.received = received
    self.id = id
  }
}

/// A loaded mapping: checks documents of its format and translates them to the hub and back.
///
/// A translation is three calls on one ``Workspace``: ``begin(_:named:receipt:in:)``, then a reader puts the
/// document into
/// `workspace.forest`, then ``readToHub(_:in:)`` by the source's mapping and ``write(in:)`` by the target's.
public struct Mapping: Sendable {
  /// Its name, `visiba/visit-event`.
  public let name: String
  /// The format of its documents.
  public let format: Format
  /// The columns of its documents and how they are written, when they are CSV.
  public var table: CSVTable { plan.table }
  /// What its documents write namespaces with, when they are XML.
  public var prefixes: NamespacePrefixes { plan.prefixes }
  /// Where its messages go.
  public let routes: [Route]
  /// Whether its messages are facts of Sluss's own, which no other system may hand in.
  public let isOwn: Bool
  private let plan: MappingPlan
  private let document: Binding
  /// Puts HL7 v2 messages into the form of the shape; `nil` for other formats.
  private let arrangement: HL7v2Arrangement?
  let toHub: Writing
  let fromHub: Writing

  init(_ checked: CheckedMapping, _ plan: MappingPlan, _ library: ShapeLibrary, _ shapes: ShapeTables) {
    name = checked.name
    format = plan.format
    routes = checked.routes
    isOwn = checked.isOwn
    self.plan = plan
    document = Binding(shapes, plan.formatRead, isXML: format.isPlain, library)
    arrangement = format == .hl7v2 ? HL7v2Arrangement(shapes, library.names) : nil
    let hub = Binding(shapes, plan.hubRead, isXML: false, library)
    toHub = Writing(plan.hubWrite, plan, hub: hub)
    fromHub = Writing(plan.formatWrite, plan, hub: hub)
  }

  /// What the documents look like, for those who make some.
  var shapeOfDocuments: (ShapeLibrary, TypeID, NameID) { (document.library, plan.rootType, plan.rootName) }

  /// Prepares a workspace for a new message.
  public func begin(named file: String, receipt: Receipt, in workspace: inout Workspace) {
    workspace.begin(named: file, receipt: receipt)
  }

  /// Checks a document against the shape.
  /// - Parameter bytes: the document as it came, for the places of diagnostics.
  /// - Returns: the sender's message id, when the mapping names the field that holds it.
  /// - Throws: all that is wrong with it.
  @discardableResult
  public func check(
    _ root: NodeID, _ bytes: [UInt8], in workspace: inout Workspace
  ) throws(DiagnosticError) -> TextRange? {
    let root = arrangement?.arrange(root, type: plan.rootType, in: &workspace.forest) ?? root
    workspace.message.root = root
    workspace.message.isHL7v2 = format == .hl7v2
    workspace.message.rootType = plan.rootType
    workspace.message.bytes = bytes
    if format == .xml, workspace.forest[root].name != plan.rootName {
      let expected = String(decoding: workspace.forest.localName(plan.rootName), as: UTF8.self)
      workspace.report(.wrongRoot(expected: expected, shape: name), at: workspace.forest[root].offset)
    } else {
      let frame = workspace.addFrame(size: plan.formatFrameSize)
      workspace.frames.append(Int32(truncatingIfNeeded: frame))
      workspace.bind(root, type: plan.rootType, read: plan.formatRoot, frame: frame, document, checks: true)
    }
    try workspace.throwReports()
    guard let cell = plan.identityCell else { return nil }
    let node = workspace.cells[Int(workspace.frames[0]) + cell]
    return node < 0 ? nil : workspace.forest[node].text
  }

  /// Translates the document that was checked into resources of the hub.
  public func writeHub(in workspace: inout Workspace) throws(DiagnosticError) {
    workspace.resources.resetCurrent(count: plan.resourceCount)
    workspace.constantsStart = workspace.shelf.start(of: toHub, in: &workspace.forest.text)
    workspace.writeResources(0, toHub)
    try workspace.throwReports()
  }

  /// Translates the hub's resources into a document of this format.
  /// - Returns: its root.
  public func write(in workspace: inout Workspace) throws(DiagnosticError) -> NodeID {
    findResources(in: &workspace)
    try workspace.throwReports()
    return try writeFound(in: &workspace)
  }

  /// Looks up what the lines want of the hub's resources.
  func findResources(in workspace: inout Workspace) {
    workspace.cells.truncate(to: 0)
    workspace.frames.truncate(to: 0)
    workspace.resources.resetCurrent(count: plan.resourceCount)
    workspace.indexLinks(plan.links)
    let frame = workspace.addFrame(size: Int(plan.scopes[0].hubFrameSize))
    workspace.frames.append(Int32(truncatingIfNeeded: frame))
    workspace.constantsStart = workspace.shelf.start(of: fromHub, in: &workspace.forest.text)
    workspace.findResources(0, first: -1, fromHub)
    if let main = plan.mainResource, workspace.resources.current[0] < 0 {
      workspace.report(.resourceMissing(name: main.name, type: main.type, mapping: name), at: 0)
    }
    workspace.letFormulasSeeResources()
  }

  /// Writes a document from what was found.
  func writeFound(in workspace: inout Workspace) throws(DiagnosticError) -> NodeID {
    let root = workspace.forest.next
    _ = workspace.write(Int(plan.formatOperation), fromHub)
    try workspace.throwReports()
    return root
  }
}

extension Workspace {
  /// Forgets the last message and takes what formulas may know of the next one.
  mutating func begin(named file: String, receipt: Receipt) {
    reset()
    message.file = file
    formulaEnvironment.texts.truncate(to: 0)
    let received = forest.append(receipt.received)
    formulaEnvironment.now = received
    formulaEnvironment.hasPrimitiveElements = false
    formulaEnvironment.texts.append(received)
    formulaEnvironment.texts.append(forest.append(receipt.id))
  }

  /// Lets `resolve()` find the hub's resources.
  mutating func letFormulasSeeResources() {
    formulaEnvironment.resources.truncate(to: 0)
    for ordinal in 0..<resources.count { formulaEnvironment.resources.append(resources.nodes[ordinal]) }
  }

  func throwReports() throws(DiagnosticError) {
    guard diagnostics.isEmpty else {
      throw DiagnosticError(
        diagnostics.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) })
    }
  }

  /// The hub's resources of the message in the order in which they were written.
  public var hubResources: [NodeID] { (0..<resources.count).map { resources.nodes[$0] } }
}
