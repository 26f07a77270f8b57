import Documents

/// A mapping ready to run: immutable, shared by all threads.
final class MappingPlan: Sendable {
  /// One resource of a scope.
  struct Resource: Sendable {
    let index: Int
    let type: Int
    /// `Patient/patient`.
    let reference: String
    /// The operation that writes it on the way in.
    let operation: Int32
    /// The node of the read plan for the way out.
    let read: Int32
    let finding: Finding
  }

  enum Finding: Sendable {
    case ofType
    case reference(depth: Int, cell: Int)
    /// The number of the link, and of the resource it points at.
    case link(Int, to: Int)
  }

  /// The resources of the document, or of an `each`.
  struct Scope: Sendable {
    /// In the order in which they are written.
    let written: [Resource]
    /// In the order in which they are found.
    let found: [Resource]
    /// Each element of a list makes the resources of another scope.
    let blocks: [(listCell: Int, scope: Int)]
    /// Cells that the way out needs in a frame of this scope.
    let hubFrameSize: Int
    let depth: Int
  }

  /// A reference by which resources are found from the one that they refer to.
  struct Link: Sendable {
    let type: Int
    let path: [NameID]
  }

  let name: String
  let format: Format
  let rootType: Int
  let rootName: NameID
  /// Reading the format.
  let formatRead: ReadPlan
  let formatRoot: Int32
  let formatFrameSize: Int
  let identityCell: Int?
  /// Writing the hub.
  let hubWrite: WritePlan
  /// Reading the hub.
  let hubRead: ReadPlan
  /// Writing the format.
  let formatWrite: WritePlan
  let formatOperation: Int32
  let scopes: [Scope]
  let links: [Link]
  let resourceCount: Int
  /// For the diagnostic when the hub lacks the main resource: its name and type.
  let mainResource: (name: String, type: String)?

  init(_ builder: MappingPlanBuilder) {
    let mapping = builder.mapping
    name = mapping.name
    format = mapping.shape.format
    rootType = mapping.shape.root
    rootName = mapping.shape.rootName
    formatRead = ReadPlan(builder.formatReader)
    formatRoot = builder.formatRoot
    formatFrameSize = mapping.scope.formatSource.frame.size
    identityCell = mapping.identityCell
    hubWrite = WritePlan(builder.hubWriter)
    hubRead = ReadPlan(builder.hubReader)
    formatWrite = WritePlan(builder.formatWriter)
    formatOperation = builder.formatOperation
    scopes = builder.scopes
    links = builder.links
    resourceCount = mapping.resources.count
    mainResource = mapping.scope.names.first.flatMap { name in name.resource.map { (name.name, $0.typeName) } }
  }
}
