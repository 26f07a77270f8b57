import Documents

/// Makes the plans of a checked mapping.
struct MappingPlanBuilder {
  let mapping: CheckedMapping
  let library: ShapeLibrary
  var formatReader: ReadPlanBuilder
  var hubReader: ReadPlanBuilder
  var hubWriter: WritePlanBuilder
  var formatWriter: WritePlanBuilder
  var formatRoot: Int32 = 0
  var formatOperation: Int32 = 0
  var scopes: [MappingPlan.Scope] = []
  var resources: [MappingPlan.Resource] = []
  var blocks: [MappingPlan.Block] = []
  var links: [MappingPlan.Link] = []

  /// - Parameter notes: whether the plans note what each operation wrote, for explanations.
  init(
    _ mapping: CheckedMapping, _ library: ShapeLibrary, _ tables: TableLibrary, notes: Bool = false
  ) {
    self.mapping = mapping
    self.library = library
    formatReader = ReadPlanBuilder(library: library)
    hubReader = ReadPlanBuilder(library: library)
    hubWriter = WritePlanBuilder(library, tables, .json, mapping, notes: notes)
    formatWriter = WritePlanBuilder(library, tables, mapping.shape.format, mapping, notes: notes)
    let numbered = Self.allScopes(mapping.scope)
    formatWriter.scopeNumber = { scope in Int32(numbered.firstIndex { $0 === scope } ?? -1) }
    formatRoot = formatReader.add(mapping.scope.formatSource)
    for scope in numbered { add(scope, numbered) }
    formatOperation = formatWriter.add(
      root: mapping.scope.formatTarget, name: mapping.shape.rootName, isResource: false)
  }

  static func allScopes(_ scope: Scope) -> [Scope] {
    [scope] + scope.resourceBlocks.flatMap { allScopes($0.scope) }
  }

  private mutating func add(_ scope: Scope, _ numbered: [Scope]) {
    let names = scope.names.filter { $0.resource != nil }
    var made: [Int: MappingPlan.Resource] = [:]
    for name in Self.ordered(names, after: Self.isFoundAfter) { made[name.resource?.index ?? -1] = add(name) }
    let written = Self.ordered(names) { $0.resource?.after ?? [] }.compactMap {
      made[$0.resource?.index ?? -1]
    }
    let found = Self.ordered(names, after: Self.isFoundAfter).compactMap { made[$0.resource?.index ?? -1] }
    let blocks = scope.resourceBlocks.map { block in
      MappingPlan.Block(
        listCell: Int32(block.listCell), scope: Int32(numbered.firstIndex { $0 === block.scope } ?? 0),
        when: Int32(block.scope.when.in))
    }
    scopes.append(
      .init(
        written: Self.add(written, to: &resources), found: Self.add(found, to: &resources),
        blocks: Self.add(blocks, to: &self.blocks), hubFrameSize: Int32(scope.hubFrame.size),
        depth: Int32(scope.depth), when: Int32(scope.when.out)))
  }

  private static func add<T>(_ elements: [T], to all: inout [T]) -> TableRange {
    defer { all += elements }
    return TableRange(start: Int32(all.count), count: Int32(elements.count))
  }

  private mutating func add(_ name: HubName) -> MappingPlan.Resource? {
    guard let resource = name.resource else { return nil }
    let (finding, first, second) = finding(resource)
    return .init(
      index: Int32(resource.index), type: Int32(resource.type),
      reference: hubWriter.constants.add("\(resource.typeName)/\(name.name)"),
      operation: hubWriter.add(root: name.target, name: NameTable.unnamed, isResource: true),
      read: hubReader.add(name.source), finding: finding, first: Int32(first), second: Int32(second),
      fixed: hubReader.fixed(resource.fixed, below: name.content))
  }

  private mutating func finding(_ resource: ResourceName) -> (MappingPlan.Finding, Int, Int) {
    switch resource.finding {
    case .ofType: return (.ofType, 0, 0)
    case .reference(let owner, let cell): return (.reference, owner.depth, cell)
    case .link(let field, let other):
      let path = field.map { library.types[$0.owner].fields[$0.field].id }
      links.append(.init(type: resource.type, path: path))
      return (.link, links.count - 1, other.resource?.index ?? -1)
    }
  }

  private static func isFoundAfter(_ name: HubName) -> [HubName] {
    switch name.resource?.finding {
    case .reference(let owner, _): [owner]
    case .link(_, let other): [other]
    case .ofType, nil: []
    }
  }

  /// The names so that each stands behind those that it needs, else in order; in a circle the order stays.
  private static func ordered(_ names: [HubName], after needed: (HubName) -> [HubName]) -> [HubName] {
    var ordered: [HubName] = []
    var visiting: [HubName] = []
    func visit(_ name: HubName) {
      guard !ordered.contains(where: { $0 === name }), !visiting.contains(where: { $0 === name }) else {
        return
      }
      visiting.append(name)
      for other in needed(name) where names.contains(where: { $0 === other }) { visit(other) }
      ordered.append(name)
    }
    names.forEach(visit)
    return ordered
  }
}
