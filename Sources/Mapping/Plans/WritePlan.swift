import Documents
import FHIRPath

/// How documents of one mapping and direction are written.
final class WritePlan: Sendable {
  let operations: Table<WriteOperation>
  let conversions: Table<ConversionStep>
  let constants: Table<UInt8>
  let probes: Table<Int32>
  let rules: [Rule]
  /// Where each operation writes.
  let paths: [WrittenPath]
  /// The constants that stand for absent values.
  let absentValues: Table<TableRange>
  let tables: Table<Unmanaged<LookupTable>>
  let zones: Table<Unmanaged<TimeZoneTable>>
  let checks: ValueRules
  /// The types behind `check` steps, for diagnostics.
  let checkedTypes: [ScalarType]
  let formulas: Table<FormulaCall>
  let formulaNodes: Table<CellPlace>
  let notes: Bool
  let owners: (tables: [LookupTable], zones: [TimeZoneTable], formulas: [CheckedFormula])

  init(_ builder: WritePlanBuilder) {
    operations = Table(builder.operations)
    conversions = Table(builder.conversions)
    constants = Table(builder.constants.bytes)
    probes = Table(builder.probes)
    rules = builder.rules
    notes = builder.notes
    paths = builder.paths
    absentValues = Table(builder.absentValues)
    owners = (builder.tables, builder.zones, builder.formulas)
    tables = Table(owners.tables.map(Unmanaged.passUnretained))
    zones = Table(owners.zones.map(Unmanaged.passUnretained))
    var nodes: [CellPlace] = []
    formulas = Table(owners.formulas.map { FormulaCall($0, &nodes) })
    formulaNodes = Table(nodes)
    checks = ValueRules(builder.checks)
    checkedTypes = builder.checkedTypes
  }

  deinit {
    operations.deallocate()
    conversions.deallocate()
    constants.deallocate()
    probes.deallocate()
    absentValues.deallocate()
    tables.deallocate()
    zones.deallocate()
    formulas.deallocate()
    formulaNodes.deallocate()
    checks.deallocate()
  }
}

/// A formula as a plain value, and what it reads.
struct FormulaCall: BitwiseCopyable {
  let formula: UnmanagedFormula
  /// The cell of the element that it is about; depth -1 for none.
  let context: CellPlace
  /// The cells of the nodes that it names, among the plan's.
  let nodes: TableRange

  init(_ checked: CheckedFormula, _ nodes: inout [CellPlace]) {
    formula = checked.formula.unmanaged
    context = checked.context ?? CellPlace(depth: -1, cell: 0)
    self.nodes = TableRange(start: Int32(nodes.count), count: Int32(checked.nodes.count))
    nodes += checked.nodes
  }
}

/// A path that is written, for diagnostics.
struct WrittenPath: Sendable {
  let path: String
  /// The shape that declares it.
  let shape: String
}

/// Lays out the operations of one mapping and direction.
struct WritePlanBuilder {
  let library: ShapeLibrary
  let tableLibrary: TableLibrary
  let format: Format
  /// Whether what each operation wrote is noted.
  let notes: Bool
  let rules: [Rule]
  let formulas: [CheckedFormula]
  var operations: [WriteOperation] = []
  var conversions: [ConversionStep] = []
  var constants = ConstantBuilder()
  var paths: [WrittenPath] = []
  var absentValues: [TableRange] = []
  /// The shape that the object at hand belongs to.
  private var shape = ""
  var tables: [LookupTable] = []
  var zones: [TimeZoneTable] = []
  /// Cells that objects depend on.
  var probes: [Int32] = []
  var checks = ValueRuleBuilder()
  var checkedTypes: [ScalarType] = []
  /// Gives an `each` over resources the number of its scope.
  var scopeNumber: (Scope) -> Int32 = { _ in -1 }

  init(
    _ library: ShapeLibrary, _ tableLibrary: TableLibrary, _ format: Format, _ mapping: CheckedMapping,
    notes: Bool
  ) {
    self.notes = notes
    self.library = library
    self.tableLibrary = tableLibrary
    self.format = format
    rules = mapping.rules
    formulas = mapping.formulas
  }

  /// Adds the operations of a document or resource and returns the first.
  mutating func add(root: TargetNode, name: NameID, isResource: Bool) -> Int32 {
    let traits: WriteOperation.Traits = isResource ? .root : [.root, .required]
    let start = begin(.init(kind: .object, nodeKind: .object, traits: traits, name: name), path: root.path)
    children(of: root, isResource: isResource)
    end(start)
    if isResource { addProbes(to: start) }
    return start
  }

  private mutating func begin(_ operation: WriteOperation, path: String) -> Int32 {
    paths.append(WrittenPath(path: path, shape: shape))
    operations.append(operation)
    return Int32(operations.count - 1)
  }

  @discardableResult
  private mutating func end(_ start: Int32) -> Int32 {
    operations[Int(start)].end = Int32(operations.count)
    return start
  }

  private mutating func single(_ operation: WriteOperation, path: String) {
    guard notes else { return _ = end(begin(operation, path: path)) }
    var noted = operation
    noted.kind = .noted
    let start = begin(noted, path: path)
    end(begin(operation, path: path))
    end(start)
  }
}

// MARK: Objects

extension WritePlanBuilder {
  private mutating func children(of node: TargetNode, isResource: Bool) {
    guard case .object(let type) = node.content else { return }
    let outer = shape
    shape = library.types[type].shape
    defer { shape = outer }
    for (index, field) in library.types[type].fields.enumerated() {
      let below = node.children.filter { $0.step.field == index }
      if case .value(.fixed(let value)) = field.content {
        fixed(value, field, below.isEmpty ? node.path + "." + field.name : below[0].node.path)
      } else if below.isEmpty, isResource, field.name == "id" {
        single(.init(kind: .resourceID, name: field.id), path: node.path + ".id")
      } else if !below.isEmpty {
        self.field(field, below)
      }
    }
  }

  private mutating func fixed(_ value: String, _ field: Field, _ path: String) {
    single(.init(kind: .fixed, name: field.id, argument: constants.add(value)), path: path)
  }

  private mutating func field(_ field: Field, _ below: [(step: Step, node: TargetNode)]) {
    guard field.cardinality.repeats else {
      for child in below {
        element(child.node, name: field.id, isRequired: field.cardinality.isOwed && below.count == 1)
      }
      return
    }
    let elements = below.filter { $0.step.selector == .first } + below.filter { $0.step.selector != .first }
    guard format == .json else {
      for (index, child) in elements.enumerated() {
        self.repeated(
          child, name: field.id, isRequired: field.cardinality.isOwed && index == 0 && elements.count == 1
        )
      }
      return
    }
    if elements.count == 1, isOneObject(elements[0]) {
      return arrayOfObject(elements[0].node, field)
    }
    var array = WriteOperation(kind: .array, nodeKind: .array, name: field.id)
    if field.cardinality.isOwed { array.traits.insert(.required) }
    if elements.contains(where: \.node.isFixed) { array.traits.insert(.fixed) }
    let start = begin(array, path: below[0].node.path)
    for child in elements { repeated(child, name: NameTable.unnamed, isRequired: false) }
    end(start)
    addProbes(to: start)
  }

  private func isOneObject(_ child: (step: Step, node: TargetNode)) -> Bool {
    guard case .object = child.node.content else { return false }
    return !child.step.selector.isAll || child.node.each == nil
  }

  private mutating func arrayOfObject(_ node: TargetNode, _ field: Field) {
    var operation = WriteOperation(kind: .arrayOfObject, nodeKind: .array, name: field.id)
    if field.cardinality.isOwed { operation.traits.insert(.required) }
    if node.isFixed { operation.traits.insert(.fixed) }
    let start = begin(operation, path: node.path)
    children(of: node, isResource: false)
    end(start)
    addProbes(to: start)
  }

  private mutating func repeated(_ child: (step: Step, node: TargetNode), name: NameID, isRequired: Bool) {
    guard child.step.selector.isAll, let each = child.node.each else {
      return element(child.node, name: name, isRequired: isRequired)
    }
    var operation = WriteOperation(kind: .eachFrame, name: name)
    if isRequired { operation.traits.insert(.required) }
    switch each {
    case .frames(let depth, let listCell, let when):
      if when >= 0 { operation.argument = TableRange(start: Int32(when), count: 1) }
      operation.depth = UInt8(depth)
      operation.cell = Int32(listCell)
    case .resources(let scope):
      operation.kind = .eachResource
      operation.argument.start = scopeNumber(scope)
    }
    let start = begin(operation, path: child.node.path)
    element(child.node, name: name, isRequired: false)
    end(start)
  }

  private mutating func element(_ node: TargetNode, name: NameID, isRequired: Bool) {
    switch node.content {
    case .object:
      var operation = WriteOperation(kind: .object, nodeKind: .object, name: name)
      if isRequired { operation.traits.insert(.required) }
      if node.isFixed { operation.traits.insert(.fixed) }
      let start = begin(operation, path: node.path)
      children(of: node, isResource: false)
      end(start)
      addProbes(to: start)
    case .value(let type): leaf(node, type, name: name, isRequired: isRequired)
    }
  }
}

// MARK: Values

extension WritePlanBuilder {
  private mutating func leaf(_ node: TargetNode, _ type: ScalarType, name: NameID, isRequired: Bool) {
    var operation = WriteOperation(
      kind: .value, nodeKind: nodeKind(type), traits: isRequired ? .required : [], name: name)
    switch node.leaf {
    case .fixed(let text):
      operation.kind = .fixed
      operation.argument = constants.add(text)
    case .reference(let other, let isLink):
      operation.kind = isLink ? .link : .reference
      operation.argument.start = Int32(other.resource?.index ?? -1)
    case .line(let line): fill(&operation, line, type)
    case nil: return
    }
    single(operation, path: node.path)
  }

  private func nodeKind(_ type: ScalarType) -> NodeKind {
    format == .json ? type.jsonKind : .string
  }

  private mutating func fill(_ operation: inout WriteOperation, _ line: LeafLine, _ type: ScalarType) {
    operation.rule = Int32(line.rule)
    switch line.source {
    case .cell(let depth, let cell):
      operation.kind = type == .any ? .copy : .value
      operation.depth = UInt8(depth)
      operation.cell = Int32(cell)
      operation.argument = add(line.conversions)
      operation.whenAbsent = absentValue(line.conversions)
    case .formula(let number):
      if let literal = formulas[number].literal {
        operation.kind = .literal
        operation.argument = constants.add(literal)
        return
      }
      operation.kind = .formula
      operation.cell = Int32(number)
      operation.argument = add(line.conversions)
    }
  }

  /// What a table's row with an empty source gives.
  private mutating func absentValue(_ conversions: [Conversion]) -> Int32 {
    guard case .table(let name, let direction)? = conversions.first,
      let row = tableLibrary.tables[name]?.rows(direction).first(where: { $0.source(direction).isEmpty }),
      !row.target(direction).isEmpty
    else { return -1 }
    absentValues.append(constants.add(row.target(direction)))
    return Int32(absentValues.count - 1)
  }

  private mutating func add(_ conversions: [Conversion]) -> TableRange {
    let start = self.conversions.count
    for conversion in conversions { self.conversions.append(step(conversion)) }
    return TableRange(start: Int32(start), count: Int32(conversions.count))
  }

  private mutating func step(_ conversion: Conversion) -> ConversionStep {
    switch conversion {
    case .check(let type):
      checkedTypes.append(type)
      return .init(kind: .check, number: Int32(checkedTypes.count - 1), rule: checks.rule(type))
    case .localToInstant(let zone, let isCompact):
      return .init(kind: isCompact ? .compactLocalToInstant : .localToInstant, number: number(ofZone: zone))
    case .instantToLocal(let zone, let isCompact):
      return .init(kind: isCompact ? .instantToCompactLocal : .instantToLocal, number: number(ofZone: zone))
    case .expandDate: return .init(kind: .expandDate)
    case .compactDate: return .init(kind: .compactDate)
    case .table(let name, let direction): return .init(kind: .table, number: number(ofTable: name, direction))
    case .addPrefix(let text): return .init(kind: .addPrefix, constant: constants.add(text))
    case .removePrefix(let text): return .init(kind: .removePrefix, constant: constants.add(text))
    case .encodeBase64: return .init(kind: .encodeBase64)
    case .decodeBase64: return .init(kind: .decodeBase64)
    case .negate: return .init(kind: .negate)
    }
  }

  private mutating func number(ofZone name: String) -> Int32 {
    if let known = zones.firstIndex(where: { $0.name == name }) { return Int32(known) }
    guard let zone = library.zones[name] else { return -1 }
    zones.append(zone)
    return Int32(zones.count - 1)
  }

  private mutating func number(ofTable name: String, _ direction: Direction) -> Int32 {
    if let known = tables.firstIndex(where: { $0.name == name && $0.direction == direction }) {
      return Int32(known)
    }
    guard let table = tableLibrary.tables[name] else { return -1 }
    tables.append(LookupTable(table, direction))
    return Int32(tables.count - 1)
  }
}
