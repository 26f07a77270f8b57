import Diagnostics

/// A name under `hub` or `each`: a resource, an element of one, or what a fragment was given.
final class HubName {
  let name: String
  let content: FieldContent
  /// How many `each` stand around it.
  let depth: Int
  /// Where lines write it on the way in.
  let target: TargetNode
  /// Where lines read it on the way out.
  let source: SourceNode
  /// The resource that it is, if it is one.
  let resource: ResourceName?

  init(
    _ name: String, content: FieldContent, depth: Int, target: TargetNode, source: SourceNode,
    resource: ResourceName? = nil
  ) {
    self.name = name
    self.content = content
    self.depth = depth
    self.target = target
    self.source = source
    self.resource = resource
  }
}

/// What makes a name a resource of its own.
final class ResourceName {
  /// How the resource is found on the way out.
  enum Finding {
    /// The first of its type, or in an `each` the one at hand.
    case ofType
    /// The one that a reference names.
    case reference(owner: HubName, cell: Int)
    /// The one whose own reference names another resource of this mapping.
    case link(field: [Step], to: HubName)
  }

  let type: TypeID
  let typeName: String
  /// Its number among the resources of the mapping.
  let index: Int
  var finding = Finding.ofType
  /// Values that it always has.
  var fixed: [FixedValue] = []
  /// Resources that this one refers to (`where subject = patient`).
  var links: [HubName] = []
  /// Resources that must be written before this one.
  var after: [HubName] = []
  /// Whether documents are written though the hub has none.
  var mayBeMissing = false
  let place: Place

  init(type: TypeID, typeName: String, index: Int, place: Place) {
    self.type = type
    self.typeName = typeName
    self.index = index
    self.place = place
  }
}

/// What lines may refer to: the mapping's, an `each` element's, or a fragment's surroundings.
final class Scope {
  /// The scope around it, as long as that is being checked.
  private(set) weak var parent: Scope?
  let depth: Int
  /// The format's side, read on the way in.
  let formatSource: SourceNode
  /// The format's side, written on the way out.
  let formatTarget: TargetNode
  /// The cells of the hub's side, read on the way out.
  let hubFrame: FrameLayout
  var names: [HubName] = []
  /// Blocks that make resources for each element on the way in.
  var resourceBlocks: [(listCell: Int, scope: Scope)] = []
  /// For an `each`: the formulas that say which elements it is about, by direction; -1 for all.
  var when: (in: Int, out: Int) = (-1, -1)
  /// The lines that hold in both directions; a fragment's are its surroundings'.
  let lenses: LensBlock
  /// Whether outer names are hidden, as in a fragment.
  let isFragment: Bool

  init(
    parent: Scope?, depth: Int, formatSource: SourceNode, formatTarget: TargetNode, hubFrame: FrameLayout,
    isFragment: Bool = false
  ) {
    self.parent = parent
    self.depth = depth
    self.formatSource = formatSource
    self.formatTarget = formatTarget
    self.hubFrame = hubFrame
    self.isFragment = isFragment
    lenses = isFragment ? parent?.lenses ?? LensBlock() : LensBlock()
  }

  func find(_ name: String) -> HubName? {
    names.first { $0.name == name } ?? (isFragment ? nil : parent?.find(name))
  }

  var visibleNames: [String] {
    names.map(\.name) + (isFragment ? [] : parent?.visibleNames ?? [])
  }
}
