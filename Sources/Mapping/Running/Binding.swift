import Diagnostics
import Documents

/// What reading a document against its shape goes by: plain tables side by side, so that following them
/// counts no references.
final class Binding: Sendable {
  let types: Table<ShapeTables.TypeRecord>
  let fields: Table<ShapeTables.FieldRecord>
  let slots: Table<ShapeTables.Slot>
  let rules: ValueRules
  let nodes: Table<ReadPlan.ReadNode>
  let edgeOfField: Table<Int32>
  let edges: Table<ReadPlan.Edge>
  let fixed: Table<ReadPlan.Fixed>
  let constants: Table<UInt8>
  /// XML repeats elements where JSON has arrays, and all its values are texts. So does HL7 v2.
  let isXML: Bool
  /// The library, for the words of diagnostics.
  let library: ShapeLibrary
  private let owners: (ShapeTables, ReadPlan)

  init(_ shapes: ShapeTables, _ plan: ReadPlan, isXML: Bool, _ library: ShapeLibrary) {
    types = shapes.types
    fields = shapes.fields
    slots = shapes.slots
    rules = shapes.rules
    nodes = plan.nodes
    edgeOfField = plan.edgeOfField
    edges = plan.edges
    fixed = plan.fixed
    constants = plan.constants
    self.isXML = isXML
    self.library = library
    owners = (shapes, plan)
  }

  /// The index of a field in its type, or -1.
  @inline(__always)
  func field(_ name: NameID, in type: TableEntry<ShapeTables.TypeRecord>) -> Int {
    ShapeTables.field(name, in: type, slots)
  }
}

// One walk over a document: checks it against its shape and puts the nodes that lines read into cells.
extension Workspace {
  /// Reads an object.
  /// - Parameters:
  ///   - read: the node of the plan, or -1 when nothing below is read.
  ///   - frame: where the cells begin.
  mutating func bind(_ node: NodeID, type: Int, read: Int32, frame: Int, _ binding: Binding, checks: Bool) {
    let record = forest[node]
    if read >= 0 { take(node, read, frame, binding) }
    guard record.kind == .object else {
      bindText(node, record, type, read, frame, binding, checks: checks)
      return
    }
    let typeRecord = binding.types.entry(type)
    let firstEdge = read >= 0 ? binding.nodes.entry(Int(read)).firstEdge : -1
    var seen: UInt64 = 0
    var child = node + 1
    while child < record.end {
      let next = forest[child].end
      let field = binding.field(forest[child].name, in: typeRecord)
      if field >= 0 {
        let edge = firstEdge >= 0 ? binding.edgeOfField[Int(firstEdge) + field] : -1
        if checks || edge >= 0 {
          bindField(child, typeRecord, field, edge, frame, binding, checks: checks, seen: &seen)
        }
      } else if checks, typeRecord.isClosed {
        reportUnknown(child, type, binding)
      }
      child = next
    }
    if checks { checkRequired(node, type, typeRecord, seen, binding) }
  }

  @inline(__always)
  private mutating func take(_ node: NodeID, _ read: Int32, _ frame: Int, _ binding: Binding) {
    let cell = binding.nodes.entry(Int(read)).cell
    if cell >= 0 { cells[frame + Int(cell)] = node }
  }

  @inline(__always)
  private mutating func bindField(
    _ child: NodeID, _ type: TableEntry<ShapeTables.TypeRecord>, _ field: Int, _ edge: Int32, _ frame: Int,
    _ binding: Binding, checks: Bool, seen: inout UInt64
  ) {
    let record = binding.fields.entry(Int(type.firstField) + field)
    let kind = forest[child].kind
    if kind == .null { return }
    let bit: UInt64 = field < 64 ? 1 << UInt64(field) : 0
    var isPresent = false
    if record.repeats {
      if kind == .array {
        isPresent = bindArray(child, record, edge, frame, binding, checks: checks)
      } else if binding.isXML {
        isPresent = bindElement(child, record, edge, frame, binding, checks: checks)
      } else {
        return reportKind(child, "an array", checks)
      }
    } else {
      if kind == .array { return reportKind(child, "one value, not an array", checks) }
      if seen & bit != 0 { return reportRepeated(child) }
      isPresent =
        edge >= 0 && binding.edges.entry(Int(edge)).kind != .only
        ? bindElement(child, record, edge, frame, binding, checks: checks)
        : bindOne(child, record, edge, frame, binding, checks: checks)
    }
    if isPresent { seen |= bit }
  }

  /// A field that does not repeat: at most one edge leads on.
  @inline(__always)
  private mutating func bindOne(
    _ child: NodeID, _ record: TableEntry<ShapeTables.FieldRecord>, _ edge: Int32, _ frame: Int,
    _ binding: Binding,
    checks: Bool
  ) -> Bool {
    let read = edge >= 0 ? binding.edges.entry(Int(edge)).node : -1
    if record.object >= 0 {
      bind(child, type: Int(record.object), read: read, frame: frame, binding, checks: checks)
      return true
    }
    guard accept(child, record.rule, binding, checks: checks) else { return false }
    if read >= 0 { take(child, read, frame, binding) }
    return true
  }

  private mutating func bindArray(
    _ array: NodeID, _ record: TableEntry<ShapeTables.FieldRecord>, _ edge: Int32, _ frame: Int,
    _ binding: Binding, checks: Bool
  ) -> Bool {
    var isPresent = false
    var element = array + 1
    let end = forest[array].end
    while element < end {
      if forest[element].kind == .array {
        reportKind(element, "one value, not an array", checks)
      } else if forest[element].kind != .null {
        if bindElement(element, record, edge, frame, binding, checks: checks) { isPresent = true }
      }
      element = forest[element].end
    }
    return isPresent
  }

  /// One element of a repetition: goes down every edge whose slice it matches.
  private mutating func bindElement(
    _ element: NodeID, _ record: TableEntry<ShapeTables.FieldRecord>, _ firstEdge: Int32, _ frame: Int,
    _ binding: Binding, checks: Bool
  ) -> Bool {
    if record.object < 0 {
      guard accept(element, record.rule, binding, checks: checks) else { return false }
    }
    var checks = checks
    var isSliced = false
    var next = firstEdge
    while next >= 0 {
      let edge = binding.edges.entry(Int(next))
      next = edge.next
      guard let target = target(edge, element, frame, binding, isSliced: &isSliced) else { continue }
      if record.object >= 0 {
        bind(element, type: Int(record.object), read: edge.node, frame: target, binding, checks: checks)
        checks = false
      } else {
        take(element, edge.node, target, binding)
      }
    }
    if checks, record.object >= 0 {
      bind(element, type: Int(record.object), read: -1, frame: frame, binding, checks: true)
    }
    return true
  }

  /// The frame that an element goes to along an edge, or `nil` when the edge is not for it.
  private mutating func target(
    _ edge: TableEntry<ReadPlan.Edge>, _ element: NodeID, _ frame: Int, _ binding: Binding,
    isSliced: inout Bool
  ) -> Int? {
    if edge.fixed.count > 0, !matches(element, edge.fixed, binding) { return nil }
    switch edge.kind {
    case .only, .first, .slice:
      if edge.kind == .slice { isSliced = true }
      let cell = binding.nodes.entry(Int(edge.node)).cell
      return cell < 0 || cells[frame + Int(cell)] < 0 ? frame : nil
    case .all:
      if edge.fixed.count == 0, isSliced { return nil }
      if edge.fixed.count > 0 { isSliced = true }
      return append(frameOf: edge, to: frame)
    }
  }

  /// Adds a frame to the list of a repetition: two cells hold the first and the last, a frame's cell 0 the
  /// next.
  private mutating func append(frameOf edge: TableEntry<ReadPlan.Edge>, to frame: Int) -> Int {
    let new = addFrame(size: Int(edge.frameSize))
    let list = frame + Int(edge.listCell)
    if cells[list] < 0 { cells[list] = Int32(new) } else { cells[Int(cells[list + 1])] = Int32(new) }
    cells[list + 1] = Int32(new)
    return new
  }
}
