import Diagnostics
import Documents

/// What came of an operation.
enum Outcome: UInt8, Comparable {
  /// Nothing was written.
  case nothing
  /// A fixed value: brings nothing into being.
  case fixed
  /// A reference of a resource to those that it hangs on: enough for the elements around it, not for the
  /// resource.
  case link
  /// A literal: enough for the elements around it, not for a resource.
  case constant
  /// Something of the message.
  case data

  static func < (a: Outcome, b: Outcome) -> Bool { a.rawValue < b.rawValue }
}

extension WriteEntry {
  fileprivate var objectKind: NodeKind { self.kind == .arrayOfObject ? .object : self.nodeKind }
  fileprivate var objectName: NameID { self.kind == .arrayOfObject ? NameTable.unnamed : self.name }

  /// What makes an object stay though nothing but fixed values came of it. That an array is required says nothing of
  /// the one object in it.
  private var staying: WriteOperation.Traits { self.kind == .arrayOfObject ? .fixed : [.required, .fixed] }

  fileprivate func keeps(_ outcome: Outcome) -> Bool {
    outcome > .fixed || outcome == .fixed && !self.traits.isDisjoint(with: staying)
      || self.traits.contains(.root)
  }

  /// Whether it must have all its required fields.
  fileprivate func needsAll(_ outcome: Outcome) -> Bool {
    outcome == .data || self.kind != .arrayOfObject && self.traits.contains(.required)
  }
}

/// What writing goes by: plain tables side by side, so that following them counts no references.
final class Writing: Sendable {
  let operations: Table<WriteOperation>
  let conversions: Table<ConversionStep>
  let constants: Table<UInt8>
  let probes: Table<Int32>
  let checks: ValueRules
  let scopes: Table<MappingPlan.Scope>
  let resources: Table<MappingPlan.Resource>
  let blocks: Table<MappingPlan.Block>
  let absentValues: Table<TableRange>
  let tables: Table<Unmanaged<LookupTable>>
  let zones: Table<Unmanaged<TimeZoneTable>>
  let formulas: Table<FormulaCall>
  let formulaNodes: Table<CellPlace>
  /// Whether what is written is noted, for explanations.
  let notes: Bool
  /// For the words of diagnostics.
  let plan: WritePlan
  let mapping: MappingPlan
  /// Reads the hub on the way out.
  let hub: Binding

  init(_ plan: WritePlan, _ mapping: MappingPlan, hub: Binding) {
    operations = plan.operations
    conversions = plan.conversions
    constants = plan.constants
    probes = plan.probes
    checks = plan.checks
    scopes = mapping.scopes
    resources = mapping.resources
    blocks = mapping.blocks
    absentValues = plan.absentValues
    tables = plan.tables
    zones = plan.zones
    formulas = plan.formulas
    formulaNodes = plan.formulaNodes
    notes = plan.notes
    self.plan = plan
    self.mapping = mapping
    self.hub = hub
  }
}

extension Writing {
  /// Adds all constants to a text and tells where.
  func addConstants(to text: inout Arena<UInt8>) -> Int {
    defer { text.append(constants.slice(TableRange(start: 0, count: Int32(constants.count)))) }
    return text.count
  }
}

extension Workspace {
  /// Runs an operation and all below it.
  mutating func write(_ index: Int, _ writing: Writing) -> Outcome {
    write(writing.operations.entry(index), index, writing)
  }

  @inline(__always)
  private mutating func write(_ operation: WriteEntry, _ index: Int, _ writing: Writing) -> Outcome {
    switch operation.kind {
    case .value: return writeValue(operation, writing)
    case .object, .array, .arrayOfObject: return writeObject(operation, index, writing)
    case .fixed:
      leaf(operation, constant: operation.argument)
      return .fixed
    case .formula: return writeFormula(operation, writing)
    case .literal:
      leaf(operation, constant: operation.argument)
      return .constant
    case .reference, .link: return writeReference(operation)
    case .resourceID: return writeResourceID(operation)
    case .copy: return writeCopy(operation)
    case .eachFrame: return writeEachFrame(operation, index, writing)
    case .eachResource: return writeEachResource(operation, index, writing)
    case .noted: return writeNoted(index, writing)
    }
  }

  private mutating func writeObject(_ operation: WriteEntry, _ index: Int, _ writing: Writing) -> Outcome {
    if operation.argument.count > 0, !isFed(operation, writing) { return .nothing }
    let array = forest.next
    if operation.kind == .arrayOfObject { _ = forest.open(.array, name: operation.name, offset: 0) }
    let node = forest.open(operation.objectKind, name: operation.objectName, offset: 0)
    let offsetAround = firstOffset
    firstOffset = 0
    let (outcome, missing) = writeChildren(of: operation, index, writing)
    defer { if offsetAround > 0 { firstOffset = offsetAround } }
    guard operation.keeps(outcome) else {
      forest.truncate(to: array)
      return .nothing
    }
    forest.close(node)
    forest[node].offset = firstOffset
    if operation.kind == .arrayOfObject {
      forest.close(array)
      forest[array].offset = firstOffset
    }
    if missing >= 0, operation.needsAll(outcome) { reportNothing(missing, node, writing) }
    return outcome
  }

  /// Whether any of the cells that an object depends on holds something.
  @inline(__always)
  private func isFed(_ operation: WriteEntry, _ writing: Writing) -> Bool {
    let frame = Int(frames[Int(operation.depth)])
    for i in operation.argument.indices where cells[frame + Int(writing.probes[i])] >= 0 { return true }
    return false
  }

  /// What came of all of them, and the first required one of which nothing came, or -1.
  @inline(__always)
  private mutating func writeChildren(
    of operation: WriteEntry, _ index: Int, _ writing: Writing
  ) -> (Outcome, missing: Int) {
    var outcome = Outcome.nothing
    var missing = -1
    var child = index + 1
    while child < Int(operation.end) {
      let childOperation = writing.operations.entry(child)
      let result = write(childOperation, child, writing)
      if result == .nothing, childOperation.traits.contains(.required), missing < 0 { missing = child }
      if result > outcome { outcome = result }
      child = Int(childOperation.end)
    }
    return (outcome, missing)
  }

  private mutating func writeValue(_ operation: WriteEntry, _ writing: Writing) -> Outcome {
    let source = cells[Int(frames[Int(operation.depth)]) + Int(operation.cell)]
    guard source >= 0 else {
      guard operation.whenAbsent >= 0 else { return .nothing }
      leaf(operation, constant: writing.absentValues[Int(operation.whenAbsent)])
      return .constant
    }
    let record = forest[source]
    var text = record.text
    if operation.argument.count > 0 {
      let told = diagnostics.count
      guard let converted = convert(text, operation, record.offset, writing) else {
        return diagnostics.count > told ? .data : .nothing
      }
      text = converted
    }
    if text.length == 0 { return .nothing }
    forest.leaf(operation.nodeKind, name: operation.name, text: text, offset: record.offset)
    if firstOffset == 0 { firstOffset = record.offset }
    return .data
  }

  @inline(__always)
  private mutating func leaf(_ operation: WriteEntry, constant: TableRange) {
    let text = TextRange(start: constantsStart + Int(constant.start), length: Int(constant.count))
    forest.leaf(operation.nodeKind, name: operation.name, text: text, offset: 0)
  }

  private mutating func writeReference(_ operation: WriteEntry) -> Outcome {
    let ordinal = resources.current[Int(operation.argument.start)]
    guard ordinal >= 0 else { return .nothing }
    let resource = forest[resources.nodes[Int(ordinal)]]
    forest.leaf(.string, name: operation.name, text: resource.text, offset: resource.offset)
    return operation.kind == .link ? .link : .data
  }

  private mutating func writeCopy(_ operation: WriteEntry) -> Outcome {
    let source = cells[Int(frames[Int(operation.depth)]) + Int(operation.cell)]
    guard source >= 0 else { return .nothing }
    forest.copy(source, name: operation.name)
    return .data
  }

  private mutating func writeEachFrame(_ operation: WriteEntry, _ index: Int, _ writing: Writing)
    -> Outcome
  {
    var outcome = Outcome.nothing
    let when = operation.argument.count > 0 ? operation.argument.start : -1
    forEachFrame(inListAt: Int(operation.cell), depth: Int(operation.depth), when: when, writing) {
      workspace in
      outcome = max(outcome, workspace.write(index + 1, writing))
    }
    return outcome
  }
}
