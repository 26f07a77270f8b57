import Diagnostics
import YAML

/// Resolves and checks one mapping. Goes on after a faulty line; one mistake gives one diagnostic.
struct MappingChecker {
  let library: ShapeLibrary
  /// What formulas know of types.
  let hub: HubModel
  let tables: TableLibrary
  let fragments: [String: MappingSource]
  let source: MappingSource
  let format: Format
  var resolver: PathResolver
  var diagnostics: [Diagnostic] = []
  var rules: [Rule] = []
  var formulas: [CheckedFormula] = []
  var resources: [HubName] = []
  var lensCount = 0
  var openFragments: [String] = []
  /// The fragments and code tables that its lines need, by name.
  var fragmentsUsed: Set<String> = []
  var tablesUsed: Set<String> = []
  /// Names whose declaration is faulty: what follows from that is not told again.
  var brokenNames: Set<String> = []

  /// Checks a mapping. `nil` when something is wrong with it; what, is added to `diagnostics`.
  static func check(
    _ source: MappingSource, _ library: ShapeLibrary, _ hub: HubModel, _ tables: TableLibrary,
    fragments: [String: MappingSource], routes: [RouteSource],
    diagnostics: inout [Diagnostic]
  ) -> CheckedMapping? {
    guard let shape = library.shapes[source.shape] else {
      let near = NearNames.of(source.shape, among: library.shapes.keys)
      diagnostics.append(Diagnostic(.unknownShape(name: source.shape, near: near), at: source.shapePlace))
      return nil
    }
    var checker = MappingChecker(library, hub, tables, fragments, source, shape.format)
    let checked = checker.check(shape, routes)
    diagnostics += checker.diagnostics
    guard checker.diagnostics.contains(where: { $0.severity == .error }) else { return checked }
    checked.release()
    return nil
  }

  private init(
    _ library: ShapeLibrary, _ hub: HubModel, _ tables: TableLibrary, _ fragments: [String: MappingSource],
    _ source: MappingSource, _ format: Format
  ) {
    self.library = library
    self.hub = hub
    self.tables = tables
    self.fragments = fragments
    self.source = source
    self.format = format
    resolver = PathResolver(library: library, ownSlices: [:])
  }

  private mutating func check(_ shape: Shape, _ routes: [RouteSource]) -> CheckedMapping {
    resolver = PathResolver(library: library, ownSlices: ownSlices(of: source))
    let root = FieldContent.object(shape.root)
    let scope = Scope(
      parent: nil, depth: 0, formatSource: SourceNode(root, frame: FrameLayout()),
      formatTarget: TargetNode(root, path: ""), hubFrame: FrameLayout())
    declare(source.hub, in: scope)
    lines(source.block, in: scope)
    let identity = identityCell(scope)
    if diagnostics.isEmpty { RequiredFieldCheck(library: library, source: source).run(scope, &diagnostics) }
    let ways = self.routes(routes, in: scope)
    return CheckedMapping(
      name: source.name, place: source.place, shape: shape, scope: scope, resources: resources, rules: rules,
      formulas: formulas,
      identityCell: identity, isOwn: source.isOwn, lensCount: lensCount, fragments: fragmentsUsed,
      tables: tablesUsed, routes: ways
    )
  }

  private mutating func identityCell(_ scope: Scope) -> Int? {
    guard let path = source.identity else { return nil }
    return attempt { checker throws(Diagnostic) in
      let (steps, content) = try checker.resolver.steps(path, below: scope.formatSource.content, skipping: 0)
      _ = try checker.value(content, path)
      return checker.descend(scope.formatSource, steps).wantedCell()
    }
  }

  /// Runs one step and collects what it throws.
  mutating func attempt<T>(_ body: (inout MappingChecker) throws(Diagnostic) -> T) -> T? {
    do throws(Diagnostic) {
      return try body(&self)
    } catch {
      if case .unknownName(let name, _) = error.problem, brokenNames.contains(name) { return nil }
      diagnostics.append(error)
      return nil
    }
  }

  /// The slices that a mapping declares for itself, by the types that they belong to; they come before the shapes' own.
  mutating func ownSlices(of source: MappingSource) -> [TypeID: [Slice]] {
    var found: [TypeID: [Slice]] = [:]
    for entry in source.slices {
      attempt { checker throws(Diagnostic) in
        let type = String(entry.name.prefix { $0 != "." && $0 != "[" })
        guard let resource = checker.library.resource(type) else {
          throw checker.unknownResource(type, at: entry.key.place)
        }
        let (owner, slice) = try SliceReader(types: checker.library.types).read(
          entry, from: resource.root, skipping: 1)
        try slice.check(among: found[owner, default: []], entry)
        found[owner, default: []].append(slice)
      }
    }
    return found
  }

  func unknownResource(_ type: String, at place: Place) -> Diagnostic {
    Diagnostic(
      .unknownResource(type: type, near: NearNames.of(type, among: library.resourceTypes)), at: place)
  }
}

// MARK: Names

extension MappingChecker {
  /// Declares the resources of a `hub` or `each` block, then ties them together.
  mutating func declare(_ declarations: [HubDeclaration], in scope: Scope) {
    for declaration in declarations {
      let isDeclared: Void? = attempt { checker throws(Diagnostic) in
        try checker.declare(declaration, in: scope)
      }
      if isDeclared == nil { brokenNames.insert(declaration.name) }
    }
    for declaration in declarations {
      attempt { checker throws(Diagnostic) in try checker.tie(declaration, in: scope) }
    }
  }

  private mutating func declare(_ declaration: HubDeclaration, in scope: Scope) throws(Diagnostic) {
    guard let shape = library.resource(declaration.type) else {
      throw unknownResource(declaration.type, at: declaration.place)
    }
    guard scope.find(declaration.name) == nil else {
      throw Diagnostic(.nameTwice(name: declaration.name), at: declaration.place)
    }
    let content = FieldContent.object(shape.root)
    let resource = ResourceName(
      type: shape.root, typeName: declaration.type, index: resources.count, place: declaration.place)
    resource.mayBeMissing = declaration.mayBeMissing
    let name = HubName(
      declaration.name, content: content, depth: scope.depth,
      target: TargetNode(content, path: declaration.name),
      source: SourceNode(content, frame: scope.hubFrame), resource: resource)
    resources.append(name)
    scope.names.append(name)
  }

  private mutating func tie(_ declaration: HubDeclaration, in scope: Scope) throws(Diagnostic) {
    guard !brokenNames.contains(declaration.name),
      let name = scope.names.first(where: { $0.name == declaration.name }), let resource = name.resource
    else { return }
    if let anchor = declaration.anchor { try tie(name, resource, to: anchor, in: scope) }
    resource.fixed = try SliceReader(types: library.types).fixedValues(declaration.fixed, of: resource.type)
    name.target.fix(resource.fixed, in: library)
    for (index, link) in declaration.links.enumerated() {
      guard let other = scope.find(link.name), other.resource != nil else {
        throw unknownName(link.name, scope, link.place)
      }
      let steps = try referenceSteps(link.field, below: name.content, skipping: 0)
      var target = name.target
      for step in steps { target = target.descend(step, in: library, at: link.place) }
      target.leaf = .reference(other, isLink: true)
      resource.links.append(other)
      resource.after.append(other)
      if index == 0, declaration.anchor == nil { resource.finding = .link(field: steps, to: other) }
    }
  }

  /// `as visit.subject`: the other resource refers to this one, which therefore is written first.
  private mutating func tie(
    _ name: HubName, _ resource: ResourceName, to anchor: PathSource, in scope: Scope
  ) throws(Diagnostic) {
    let owner = try head(of: anchor, in: scope)
    guard owner.depth == scope.depth else { throw unknownName(owner.name, scope, anchor.place) }
    let steps = try referenceSteps(anchor, below: owner.content, skipping: 1)
    var target = owner.target
    for step in steps { target = target.descend(step, in: library, at: anchor.place) }
    target.leaf = .reference(name, isLink: false)
    owner.resource?.after.append(name)
    resource.finding = .reference(owner: owner, cell: descend(owner.source, steps).wantedCell())
  }

  /// The steps to a Reference and its `reference`.
  private func referenceSteps(_ path: PathSource, below start: FieldContent, skipping: Int) throws(Diagnostic)
    -> [Step]
  {
    var (steps, content) = try firstOfRepetitions(path, below: start, skipping: skipping)
    guard case .object(let type) = content, let field = library.types[type].index(of: "reference") else {
      throw Diagnostic(
        .typeClash(left: library.describe(content), right: "a Reference", remedy: nil), at: path.place)
    }
    steps.append(Step(field: field, owner: type, selector: .only))
    return steps
  }

  /// A repeating reference such as `Provenance.target` means its first element.
  private func firstOfRepetitions(
    _ path: PathSource, below start: FieldContent, skipping: Int
  ) throws(Diagnostic) -> ([Step], FieldContent) {
    do {
      return try resolver.steps(path, below: start, skipping: skipping)
    } catch {
      guard case .repetitionInPath(let segment, _) = error.problem, segment == path.segments.last?.name else {
        throw error
      }
      var relaxed = path
      let last = relaxed.segments.removeLast()
      relaxed.segments.append(.init(name: last.name, slice: "first", range: last.range))
      return try resolver.steps(relaxed, below: start, skipping: skipping)
    }
  }

  func unknownName(_ name: String, _ scope: Scope, _ place: Place) -> Diagnostic {
    Diagnostic(.unknownName(name: name, near: NearNames.of(name, among: scope.visibleNames)), at: place)
  }

  /// The hub name that a path begins with.
  func head(of path: PathSource, in scope: Scope) throws(Diagnostic) -> HubName {
    let segment = path.segments[0]
    guard let name = scope.find(segment.name), segment.slice == nil else {
      throw unknownName(segment.name, scope, path.place(of: segment))
    }
    return name
  }

  func descend(_ node: SourceNode, _ steps: [Step]) -> SourceNode {
    steps.reduce(node) { $0.descend($1, to: library.types[$1.owner].fields[$1.field].content) }
  }

  /// The type of a value; a diagnostic for an object.
  func value(_ content: FieldContent, _ path: PathSource) throws(Diagnostic) -> ScalarType {
    switch content {
    case .value(let type): return type
    case .object(let type):
      throw Diagnostic(
        .notAValue(path: path.text, fields: library.types[type].fields.map(\.name)), at: path.place)
    }
  }
}
