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
  var links: [MappingPlan.Link] = []

  init(_ mapping: CheckedMapping, _ library: ShapeLibrary, _ tables: TableLibrary) {
    self.mapping = mapping
    self.library = library
    formatReader = ReadPlanBuilder(library: library)
    hubReader = ReadPlanBuilder(library: library)
    hubWriter = WritePlanBuilder(library, tables, .json, mapping)
    formatWriter = WritePlanBuilder(library, tables, mapping.shape.format, mapping)
    let numbered = Self.allScopes(mapping.scope)
    formatWriter.scopeNumber = { scope in Int32(numbered.firstIndex { $0 === scope } ?? -1) }
    formatRoot = formatReader.add(mapping.scope.formatSource)
    for scope in numbered { add(scope, numbered) }
    formatOperation = formatWriter.add(
      root: mapping.scope.formatTarget, name: mapping.shape.rootName, isResource: false)
  }

  private static func allScopes(_ scope: Scope) -> [Scope] {
    [scope] + scope.resourceBlocks.flatMap { allScopes($0.scope) }
  }

  private mutating func add(_ scope: Scope, _ numbered: [Scope]) {
    let names = scope.names.filter { $0.resource != nil }
    var resources: [Int: MappingPlan.Resource] = [:]
    for name in Self.ordered(names, after: Self.isFoundAfter) { resources[name.resource?.index ?? -1] = add(name) }
    let resource = { (name: HubName) in name.resource.flatMap { resources[$0.index] } }
    scopes.append(
      .init(
        written: Self.ordered(names) { $0.resource?.after ?? [] }.compactMap(resource),
        found: Self.ordered(names, after: Self.isFoundAfter).compactMap(resource),
        blocks: scope.resourceBlocks.map { block in
          (block.listCell, numbered.firstIndex { $0 === block.scope } ?? 0)
        }, hubFrameSize: scope.hubFrame.size, depth: scope.depth))
  }

  private mutating func add(_ name: HubName) -> MappingPlan.Resource? {
    guard let resource = name.resource else { return nil }
    return .init(
      index: resource.index, type: resource.type, reference: "\(resource.typeName)/\(name.name)",
      operation: hubWriter.add(root: name.target, name: NameTable.unnamed, isResource: true),
      read: hubReader.add(name.source), finding: finding(resource))
  }

  private mutating func finding(_ resource: ResourceName) -> MappingPlan.Finding {
    switch resource.finding {
    case .ofType: return .ofType
    case .reference(let owner, let cell): return .reference(depth: owner.depth, cell: cell)
    case .link(let field, let other):
      let path = field.map { library.types[$0.owner].fields[$0.field].id }
      links.append(.init(type: resource.type, path: path))
      return .link(links.count - 1, to: other.resource?.index ?? -1)
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
      guard !ordered.contains(where: { $0 === name }), !visiting.contains(where: { $0 === name }) else { return }
      visiting.append(name)
      for other in needed(name) where names.contains(where: { $0 === other }) { visit(other) }
      ordered.append(name)
    }
    names.forEach(visit)
    return ordered
  }
}
