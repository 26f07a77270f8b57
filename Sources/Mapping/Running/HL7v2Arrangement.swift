import Documents

/// Brings an HL7 v2 message into the form that its shape declares, before anything reads it.
///
/// Segments are put into the shape's groups: the innermost open group that names a segment takes it, a
/// segment that a group begins with opens the group, or another repetition of it. A segment that no open
/// group names is kept where it stands, unknown. Within a group segments may stand in any order.
///
/// A value stands where the shape has one: what is divided though the shape has a value is its first part,
/// what is not divided though the shape has parts is the first of them (HL7 v2.5.1, section 2.5.3 and 2.8).
/// What is empty goes.
final class HL7v2Arrangement: Sendable {
  private let shapes: ShapeTables
  /// By name: whether it is a segment's.
  private let isSegment: Table<Bool>
  private let first, second, header: NameID

  init(_ shapes: ShapeTables, _ names: NameTable) {
    self.shapes = shapes
    isSegment = Table((0..<names.count).map { names.local(NameID($0)).count == 3 })
    first = names.find("1") ?? -1
    second = names.find("2") ?? -1
    header = names.find("MSH") ?? -1
  }

  deinit { isSegment.deallocate() }

  /// Adds the arranged message and returns its root.
  func arrange(_ root: NodeID, type: Int, in forest: inout Forest) -> NodeID {
    guard forest[root].kind == .object else { return root }
    let new = forest.open(.object, name: forest[root].name, offset: forest[root].offset)
    var open = [Level(type: type, node: new, field: -1)]
    place(segmentsOf: root, &open, in: &forest)
    close(&open, to: 0, in: &forest)
    forest.close(new)
    return new
  }

  /// An open group, and which field of it was filled last.
  private struct Level {
    let type: Int
    let node: NodeID
    /// Which field of the level around it is.
    let field: Int
    var last = -1
  }
}

// MARK: Groups

extension HL7v2Arrangement {
  private func place(segmentsOf node: NodeID, _ open: inout [Level], in forest: inout Forest) {
    let end = forest[node].end
    var child = node + 1
    while child < end {
      let next = forest[child].end
      let name = forest[child].name
      if forest.isForeign(name) || isSegment[Int(name)] {
        place(child, name, &open, in: &forest)
      } else {
        place(segmentsOf: child, &open, in: &forest)
      }
      child = next
    }
  }

  private func place(_ segment: NodeID, _ name: NameID, _ open: inout [Level], in forest: inout Forest) {
    for depth in stride(from: open.count - 1, through: 0, by: -1) {
      let level = open[depth]
      let own = field(name, in: level.type)
      guard let field = own >= 0 ? own : group(beginningWith: name, in: level.type) else { continue }
      close(&open, to: depth, in: &forest)
      if depth > 0, isTaken(field, level), begins(level.type, name) {
        close(&open, to: depth - 1, in: &forest)
        openGroup(level.field, &open, in: &forest)
      }
      guard own >= 0 else {
        openGroup(field, &open, in: &forest)
        return place(segment, name, &open, in: &forest)
      }
      open[open.count - 1].last = max(field, open[open.count - 1].last)
      return add(segment, record(field, of: level.type), in: &forest)
    }
    forest.copy(segment, name: name)
  }

  /// Whether a group's field was passed already, so that it would stand a second time or too late.
  private func isTaken(_ field: Int, _ level: Level) -> Bool {
    field < level.last || field == level.last && !record(field, of: level.type).repeats
  }

  private func openGroup(_ field: Int, _ open: inout [Level], in forest: inout Forest) {
    let depth = open.count - 1
    let record = record(field, of: open[depth].type)
    open[depth].last = max(field, open[depth].last)
    let node = forest.open(.object, name: record.name, offset: 0)
    open.append(Level(type: Int(record.object), node: node, field: field))
  }

  /// Closes the groups deeper than a level.
  private func close(_ open: inout [Level], to depth: Int, in forest: inout Forest) {
    while open.count > depth + 1 {
      let level = open.removeLast()
      forest.close(level.node)
      if level.node + 1 < forest.next { forest[level.node].offset = forest[level.node + 1].offset }
    }
  }

  /// The field of a type that is a group which begins with a segment, here or in a group at its beginning.
  private func group(beginningWith name: NameID, in type: Int) -> Int? {
    let count = Int(shapes.types.entry(type).fieldCount)
    return (0..<count).first { index in
      let field = record(index, of: type)
      return isGroup(field) && begins(Int(field.object), name)
    }
  }

  /// Whether a group begins with a segment: what stands before its first required field, or that.
  private func begins(_ type: Int, _ name: NameID) -> Bool {
    for index in 0..<Int(shapes.types.entry(type).fieldCount) {
      let field = record(index, of: type)
      if isGroup(field) ? begins(Int(field.object), name) : field.name == name { return true }
      if field.isRequired { return false }
    }
    return false
  }

  private func isGroup(_ field: TableEntry<ShapeTables.FieldRecord>) -> Bool {
    field.object >= 0 && !isSegment[Int(field.name)]
  }

  @inline(__always)
  private func record(_ field: Int, of type: Int) -> TableEntry<ShapeTables.FieldRecord> {
    shapes.fields.entry(Int(shapes.types.entry(type).firstField) + field)
  }

  @inline(__always)
  private func field(_ name: NameID, in type: Int) -> Int {
    ShapeTables.field(name, in: shapes.types.entry(type), shapes.slots)
  }
}

// MARK: Fields

extension HL7v2Arrangement {
  /// Adds a segment, a field or a component as its shape says.
  private func add(_ node: NodeID, _ field: TableEntry<ShapeTables.FieldRecord>, in forest: inout Forest) {
    let record = forest[node]
    switch record.kind {
    case .object where field.object >= 0: addParts(of: node, record, Int(field.object), in: &forest)
    case .object where field.rule.kind == .any: forest.copy(node, name: record.name)
    case .object: addFirst(of: node, record, in: &forest)
    case .string where record.text.length == 0: return
    case .string where field.object >= 0: wrap(record, Int(field.object), in: &forest)
    default: forest.leaf(record.kind, name: record.name, text: record.text, offset: record.offset)
    }
  }

  private func addParts(of node: NodeID, _ record: Node, _ type: Int, in forest: inout Forest) {
    let new = forest.open(.object, name: record.name, offset: record.offset)
    var child = node + 1
    while child < record.end {
      let part = forest[child]
      let index = field(part.name, in: type)
      if index >= 0 {
        add(child, self.record(index, of: type), in: &forest)
      } else if part.kind != .string || part.text.length > 0, !isDelimiter(part.name, of: record.name) {
        forest.copy(child, name: part.name)
      }
      child = part.end
    }
    forest.close(new)
    if new + 1 == forest.next, record.end > node + 1 { forest.truncate(to: new) }
  }

  /// MSH-1 and MSH-2 say how the message is written; no shape need name them.
  private func isDelimiter(_ field: NameID, of segment: NameID) -> Bool {
    segment == header && (field == first || field == second)
  }

  /// Adds the first part of the first part, and so on, in place of all of it.
  private func addFirst(of node: NodeID, _ record: Node, in forest: inout Forest) {
    var part = node
    while forest[part].kind == .object {
      guard forest[part].end > part + 1, forest[part + 1].name == first else { return }
      part += 1
    }
    let value = forest[part]
    guard value.kind == .null || value.text.length > 0 else { return }
    forest.leaf(value.kind, name: record.name, text: value.text, offset: value.offset)
  }

  /// Adds a text as the first part of what the shape divides.
  private func wrap(_ record: Node, _ type: Int, in forest: inout Forest) {
    let new = forest.open(.object, name: record.name, offset: record.offset)
    let index = field(first, in: type)
    var part = record
    part.name = first
    if index >= 0, self.record(index, of: type).object >= 0 {
      wrap(part, Int(self.record(index, of: type).object), in: &forest)
    } else {
      forest.leaf(.string, name: first, text: record.text, offset: record.offset)
    }
    forest.close(new)
  }
}
