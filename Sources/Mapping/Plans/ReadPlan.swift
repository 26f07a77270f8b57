import Documents

/// What reading a document keeps: a trie over its shape whose nodes tell which cell receives which node's
/// number.
final class ReadPlan: Sendable {
  struct ReadNode: BitwiseCopyable {
    /// Where this node's edges by field begin in `edgeOfField`, or -1 when nothing below is read.
    var firstEdge: Int32
    /// The cell in the frame, or -1.
    var cell: Int32
  }

  enum Kind: UInt8, BitwiseCopyable { case only, first, slice, all }

  struct Edge: BitwiseCopyable {
    var node: Int32
    /// The next edge of the same field, or -1.
    var next: Int32
    var kind: Kind
    /// The fixed values that an element must have; none for `only`, `first` and plain `all`.
    var fixed: TableRange
    /// For `all`: the cells of the list, and the size of a frame.
    var listCell: Int32
    var frameSize: Int32
  }

  /// A fixed value, or fixed values below; in preorder.
  struct Fixed: BitwiseCopyable {
    var name: NameID
    var value: TableRange
    /// How many entries stand below this one.
    var below: Int32
  }

  let nodes: Table<ReadNode>
  let edgeOfField: Table<Int32>
  let edges: Table<Edge>
  let fixed: Table<Fixed>
  let constants: Table<UInt8>

  init(_ builder: ReadPlanBuilder) {
    nodes = Table(builder.nodes)
    edgeOfField = Table(builder.edgeOfField)
    edges = Table(builder.edges)
    fixed = Table(builder.fixed)
    constants = Table(builder.constants.bytes)
  }

  deinit {
    nodes.deallocate()
    edgeOfField.deallocate()
    edges.deallocate()
    fixed.deallocate()
    constants.deallocate()
  }
}

/// Lays out the tries of one mapping and direction.
struct ReadPlanBuilder {
  let library: ShapeLibrary
  var nodes: [ReadPlan.ReadNode] = []
  var edgeOfField: [Int32] = []
  var edges: [ReadPlan.Edge] = []
  var fixed: [ReadPlan.Fixed] = []
  var constants = ConstantBuilder()

  init(library: ShapeLibrary) {
    self.library = library
  }

  /// Adds a trie and returns its root.
  mutating func add(_ source: SourceNode) -> Int32 {
    let id = nodes.count
    nodes.append(.init(firstEdge: -1, cell: -1))
    if case .object(let type) = source.content, !source.edges.isEmpty {
      let first = edgeOfField.count
      edgeOfField += [Int32](repeating: -1, count: library.types[type].fields.count)
      for edge in source.edges.reversed().sorted(by: { Self.rank($0.step) > Self.rank($1.step) }) {
        add(edge.step, edge.node, to: first)
      }
      nodes[id].firstEdge = Int32(first)
    }
    nodes[id].cell = Int32(source.cell ?? -1)
    return Int32(id)
  }

  /// Elements that a slice takes are not taken again by a plain `each`: slices are tried first.
  private static func rank(_ step: Step) -> Int {
    switch step.selector {
    case .only, .first: 0
    case .slice: 1
    case .all(let slice): slice == nil ? 3 : 2
    }
  }

  private mutating func add(_ step: Step, _ node: SourceNode, to first: Int) {
    if step.selector.slice != nil || step.selector == .first { _ = node.wantedCell() }
    let target = add(node)
    let type = library.types[step.owner]
    let edge = ReadPlan.Edge(
      node: target, next: edgeOfField[first + step.field], kind: Self.kind(step.selector),
      fixed: self.fixed(step.selector.slice?.fixed ?? [], below: type.fields[step.field].content),
      listCell: Int32(node.listCell ?? -1), frameSize: Int32(node.frame.size))
    edgeOfField[first + step.field] = Int32(edges.count)
    edges.append(edge)
  }

  private static func kind(_ selector: Selector) -> ReadPlan.Kind {
    switch selector {
    case .only: .only
    case .first: .first
    case .slice: .slice
    case .all: .all
    }
  }

  /// Lays out the fixed values of a slice or resource.
  mutating func fixed(_ values: [FixedValue], below content: FieldContent) -> TableRange {
    let start = fixed.count
    add(values, below: content)
    return TableRange(start: Int32(start), count: Int32(fixed.count - start))
  }

  private mutating func add(_ values: [FixedValue], below content: FieldContent) {
    guard case .object(let type) = content else { return }
    for value in values {
      let field = library.types[type].fields[value.field]
      let index = fixed.count
      fixed.append(.init(name: field.id, value: constants.add(value.value ?? ""), below: 0))
      add(value.below, below: field.content)
      fixed[index].below = Int32(fixed.count - index - 1)
    }
  }
}
