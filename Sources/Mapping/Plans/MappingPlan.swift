import Documents

/// A mapping ready to run: immutable, shared by all threads.
final class MappingPlan: Sendable {
  /// How a resource is found on the way out.
  enum Finding: UInt8, BitwiseCopyable {
    /// The first of its type, or in an `each` the one at hand.
    case ofType
    /// The one that the reference in a cell names.
    case reference
    /// By a link from the one that it refers to.
    case link
  }

  /// One resource of a scope.
  struct Resource: BitwiseCopyable, Sendable {
    var index: Int32
    var type: Int32
    /// `Patient/patient`, among the constants of the hub's plan.
    var reference: TableRange
    /// The operation that writes it on the way in.
    var operation: Int32
    /// The node of the read plan for the way out.
    var read: Int32
    var finding: Finding
    /// For `reference`: the frame and the cell. For `link`: the link, and the resource that it points at.
    var first: Int32 = 0
    var second: Int32 = 0
    /// Fixed values that it must have to be found.
    var fixed: TableRange
  }

  /// Each element of a list makes the resources of another scope.
  struct Block: BitwiseCopyable, Sendable {
    var listCell: Int32
    var scope: Int32
    /// The formula that says which elements, or -1.
    var when: Int32
  }

  /// The resources of the document, or of an `each`.
  struct Scope: BitwiseCopyable, Sendable {
    /// In the order in which they are written, and in the one in which they are found.
    var written: TableRange
    var found: TableRange
    var blocks: TableRange
    /// Cells that the way out needs in a frame of this scope.
    var hubFrameSize: Int32
    var depth: Int32
    /// The formula that says which resources the way out is about, or -1.
    var when: Int32
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
  let table: CSVTable
  let prefixes: NamespacePrefixes
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
  let scopes: Table<Scope>
  let resources: Table<Resource>
  let blocks: Table<Block>
  let links: [Link]
  let resourceCount: Int
  /// For the diagnostic when the hub lacks the main resource: its name and type; `nil` when it may.
  let mainResource: (name: String, type: String)?

  init(_ builder: MappingPlanBuilder) {
    let mapping = builder.mapping
    name = mapping.name
    format = mapping.shape.format
    rootType = mapping.shape.root
    rootName = mapping.shape.rootName
    table = mapping.shape.table
    prefixes = mapping.shape.prefixes
    formatRead = ReadPlan(builder.formatReader)
    formatRoot = builder.formatRoot
    formatFrameSize = mapping.scope.formatSource.frame.size
    identityCell = mapping.identityCell
    hubWrite = WritePlan(builder.hubWriter)
    hubRead = ReadPlan(builder.hubReader)
    formatWrite = WritePlan(builder.formatWriter)
    formatOperation = builder.formatOperation
    scopes = Table(builder.scopes)
    resources = Table(builder.resources)
    blocks = Table(builder.blocks)
    links = builder.links
    resourceCount = mapping.resources.count
    mainResource = mapping.scope.names.first.flatMap { name in
      name.resource.flatMap { $0.mayBeMissing ? nil : (name.name, $0.typeName) }
    }
  }

  deinit {
    scopes.deallocate()
    resources.deallocate()
    blocks.deallocate()
  }
}
