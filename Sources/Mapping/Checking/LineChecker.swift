import Diagnostics
import YAML

// The lines of a block.
extension MappingChecker {
  mutating func lines(_ block: BlockSource, in scope: Scope) {
    for line in block.both {
      attempt { checker throws(Diagnostic) in try checker.line(line, in: scope, [.in, .out]) }
    }
    for line in block.in {
      attempt { checker throws(Diagnostic) in try checker.line(line, in: scope, [.in]) }
    }
    for line in block.out {
      attempt { checker throws(Diagnostic) in try checker.line(line, in: scope, [.out]) }
    }
  }

  private mutating func line(_ line: LineSource, in scope: Scope, _ directions: [Direction])
    throws(Diagnostic)
  {
    switch line {
    case .pair(let format, let hub, let conversions):
      try pair(format, hub, conversions, in: scope, directions)
    case .formula(let target, let formula):
      try self.formula(formula, target: target, in: scope, directions[0])
    case .each(let path, .resources(let declarations), let block):
      try eachResource(path, declarations, block, in: scope)
    case .each(let path, .elements(let hubPath, let name), let block):
      try eachElement(path, hubPath, name, block, in: scope)
    case .include(let path, let fragment, let with):
      try include(path, fragment, with, in: scope)
    }
  }

  private mutating func pair(
    _ format: PathSource, _ hub: PathSource, _ conversions: [ConversionSource], in scope: Scope,
    _ directions: [Direction]
  ) throws(Diagnostic) {
    let (formatSteps, formatContent) = try resolver.steps(
      format, below: scope.formatSource.content, skipping: 0)
    let name = try head(of: hub, in: scope)
    let (hubSteps, hubContent) = try resolver.steps(hub, below: name.content, skipping: 1)
    let formatType = try value(formatContent, format)
    let hubType = try value(hubContent, hub)
    if directions.contains(.in) { try checkNotFixed(hubType, hub) }
    if directions.contains(.out) { try checkNotFixed(formatType, format) }
    try checkCarriesAny(formatType, hubType, scope, hub)
    let formatSource = descend(scope.formatSource, formatSteps)
    let hubSource = descend(name.source, hubSteps)
    let converter = ConversionChecker(tables: tables, mapping: openFragments.last ?? source.name)
    var isExact = true
    for direction in directions {
      let place = direction == .in ? hub.place : format.place
      let chain = try converter.chain(
        conversions, from: direction == .in ? formatType : hubType,
        to: direction == .in ? hubType : formatType,
        direction, at: directions.count == 2 ? hub.place : place)
      isExact = isExact && chain.allSatisfy { $0.isExact(tables) }
      for case .table(let name, _) in chain { tablesUsed.insert(name) }
      if direction == .in {
        try checkWritable(name, scope, hub)
        formatSource.read(through: chain, at: format.place)
        let cell = formatSource.wantedCell()
        let rule = addRule(hub.place, target: hub.text, source: format.text, conversions, chain)
        let line = LeafLine(source: .cell(depth: scope.depth, cell: cell), conversions: chain, rule: rule)
        try write(line, to: name.target, hubSteps, hub, direction)
        if isRequired(hubSteps) { need(formatSteps, below: scope.formatSource) }
      } else {
        hubSource.read(through: chain, at: hub.place)
        let cell = hubSource.wantedCell()
        let rule = addRule(format.place, target: format.text, source: hub.text, conversions, chain)
        let line = LeafLine(source: .cell(depth: name.depth, cell: cell), conversions: chain, rule: rule)
        try write(line, to: scope.formatTarget, formatSteps, format, direction)
        if isRequired(formatSteps) { need(hubSteps, below: name.source) }
        if isRequired(formatSteps.suffix(1)) { hubSource.isNeededBesides = true }
      }
    }
    guard directions.count == 2 else { return }
    for source in conversions { try converter.checkComesBack(source) }
    lensCount += 1
    scope.lenses.lenses.append(
      Lens(
        number: lensCount - 1, formatPlace: format.place, hubPlace: hub.place, formatPath: format.text,
        hubPath: hub.text, format: CellPlace(depth: scope.depth, cell: formatSource.wantedCell()),
        hub: CellPlace(depth: name.depth, cell: hubSource.wantedCell()), isExact: isExact))
  }

  private func isRequired(_ steps: some Sequence<Step>) -> Bool {
    steps.allSatisfy { library.types[$0.owner].fields[$0.field].cardinality.isOwed }
  }

  private func need(_ steps: [Step], below start: SourceNode) {
    start.isNeeded = true
    var node = start
    for step in steps {
      node = descend(node, [step])
      node.isNeeded = true
    }
  }

  /// A field that does not repeat is written through one slice, or none.
  private func checkHoldsOne(_ target: TargetNode, _ step: Step, _ path: PathSource) throws(Diagnostic) {
    guard !library.types[step.owner].fields[step.field].cardinality.repeats,
      let other = target.children.first(where: {
        $0.step.field == step.field && $0.step.selector != step.selector
      })
    else { return }
    throw Diagnostic(
      .writtenTwice(path: path.text, direction: "as \(other.node.path) too"), at: path.place,
      labels: other.node.place.map { [.init($0, "the first")] } ?? [])
  }

  private func checkNotFixed(_ type: ScalarType, _ path: PathSource) throws(Diagnostic) {
    if case .fixed(let value) = type {
      throw Diagnostic(.fixedField(path: path.text, value: value), at: path.place)
    }
  }

  /// Whole subtrees are carried between JSON documents only: XML elements, HL7 v2 fields and cells have no place in a
  /// FHIR resource.
  private func checkCarriesAny(
    _ format: ScalarType, _ hub: ScalarType, _ scope: Scope, _ path: PathSource
  ) throws(Diagnostic) {
    guard format == .any, hub == .any, self.format.isPlain else { return }
    throw Diagnostic(
      .typeClash(left: "any in \(self.format.rawValue.uppercased())", right: "any in JSON", remedy: nil),
      at: path.place)
  }

  private mutating func addRule(
    _ place: Place, target: String, source: String, _ through: [ConversionSource], _ conversions: [Conversion]
  ) -> Int {
    let names = through.map { $0.name + ($0.argument.map { "('\($0)')" } ?? "") }
    rules.append(
      Rule(place: place, target: target, source: source, through: names, conversions: conversions))
    return rules.count - 1
  }

  /// A name outside this `each` would be written once for each element.
  private func checkWritable(_ name: HubName, _ scope: Scope, _ path: PathSource) throws(Diagnostic) {
    guard name.depth == scope.depth else {
      throw Diagnostic(.writtenTwice(path: path.text, direction: "once for each element"), at: path.place)
    }
  }

  private func write(
    _ line: LeafLine, to start: TargetNode, _ steps: [Step], _ path: PathSource, _ direction: Direction
  ) throws(Diagnostic) {
    var target = start
    for step in steps {
      try checkHoldsOne(target, step, path)
      target = target.descend(step, in: library, at: path.place)
    }
    switch target.leaf {
    case nil: break
    case .fixed(let value):
      guard gives(line.conversions, only: value) else {
        throw Diagnostic(.fixedField(path: path.text, value: value), at: path.place)
      }
    case .line(let first):
      throw Diagnostic(
        .writtenTwice(path: path.text, direction: direction.rawValue), at: path.place,
        labels: [.init(rules[first.rule].place, "the first")])
    case .reference:
      throw Diagnostic(.writtenTwice(path: path.text, direction: direction.rawValue), at: path.place)
    }
    target.leaf = .line(line)
    target.place = path.place
  }

  /// Whether a table gives one value or nothing, such as the label that a slice is known by: anything else in its place
  /// would not be found again.
  private func gives(_ conversions: [Conversion], only value: String) -> Bool {
    guard case .table(let name, let direction)? = conversions.last, let table = tables.tables[name] else {
      return false
    }
    return table.pattern(direction) == nil && table.targets(direction).allSatisfy { $0 == value }
  }

  private mutating func formula(
    _ formula: FormulaSource, target path: PathSource, in scope: Scope, _ direction: Direction
  ) throws(Diagnostic) {
    let name = direction == .in ? try head(of: path, in: scope) : nil
    if let name { try checkWritable(name, scope, path) }
    let start = name?.target ?? scope.formatTarget
    let (steps, content) = try resolver.steps(path, below: start.content, skipping: name == nil ? 0 : 1)
    let type = try value(content, path)
    try checkNotFixed(type, path)
    let checked = try check(formula, giving: type, in: scope, direction)
    let rule = addRule(
      path.place, target: path.text, source: "= " + formula.text, [], checked.conversions)
    let line = LeafLine(
      source: .formula(formulas.count - 1), conversions: checked.conversions, rule: rule)
    try write(line, to: start, steps, path, direction)
  }
}

// MARK: Formulas

extension MappingChecker {
  /// Checks a formula and keeps it, the last of ``formulas``.
  mutating func check(
    _ formula: FormulaSource, giving type: ScalarType, in scope: Scope, _ direction: Direction
  ) throws(Diagnostic) -> CheckedFormula {
    let surroundings = FormulaSurroundings(
      hub: hub, tables: tables, mapping: openFragments.last ?? source.name, scope: scope, direction: direction
    )
    let checked = try CheckedFormula.check(formula, giving: type, in: surroundings)
    formulas.append(checked)
    tablesUsed.formUnion(surroundings.tablesUsed)
    return checked
  }

  /// The numbers of an `each`'s conditions.
  private mutating func conditions(_ when: WhenSource, in scope: Scope) throws(Diagnostic) -> (
    in: Int, out: Int
  ) {
    (in: try condition(when.in, in: scope, .in), out: try condition(when.out, in: scope, .out))
  }

  private mutating func condition(
    _ formula: FormulaSource?, in scope: Scope, _ direction: Direction
  ) throws(Diagnostic) -> Int {
    guard let formula else { return -1 }
    _ = try check(formula, giving: .boolean, in: scope, direction)
    return formulas.count - 1
  }
}

// MARK: Repetitions and fragments

extension MappingChecker {
  /// Each element of the format is a resource and those that hang on it.
  private mutating func eachResource(
    _ path: PathSource, _ declarations: [HubDeclaration], _ block: BlockSource, in scope: Scope
  ) throws(Diagnostic) {
    let (element, target) = try formatElement(path, in: scope)
    guard let listCell = element.listCell, scope.names.allSatisfy({ $0.resource != nil || scope.isFragment })
    else {
      let form = "one resource for each, outside an `each` of elements"
      throw Diagnostic(.expectedForm(what: "this repetition", form: form), at: path.place)
    }
    let inner = Scope(
      parent: scope, depth: scope.depth + 1, formatSource: element, formatTarget: target,
      hubFrame: FrameLayout())
    declare(declarations, in: inner)
    inner.when = try conditions(block.when, in: inner)
    target.each = .resources(inner)
    scope.resourceBlocks.append((listCell, inner))
    scope.lenses.repetitions.append(
      .init(
        formatDepth: scope.depth, formatListCell: listCell, formatWhen: inner.when.in,
        hub: .resources(inner), block: inner.lenses))
    if declarations.allSatisfy({ !brokenNames.contains($0.name) }) { lines(block, in: inner) }
  }

  /// Each element of the format is an element of a repetition in the hub.
  private mutating func eachElement(
    _ path: PathSource, _ hubPath: PathSource, _ name: String, _ block: BlockSource, in scope: Scope
  ) throws(Diagnostic) {
    let (element, target) = try formatElement(path, in: scope)
    let owner = try head(of: hubPath, in: scope)
    try checkWritable(owner, scope, hubPath)
    let (steps, content) = try resolver.steps(hubPath, below: owner.content, skipping: 1)
    let hubElement = descend(owner.source, steps)
    guard let listCell = element.listCell, let hubListCell = hubElement.listCell else {
      throw Diagnostic(.notARepetition(path: hubPath.text), at: hubPath.place)
    }
    var hubTarget = owner.target
    for step in steps { hubTarget = hubTarget.descend(step, in: library, at: hubPath.place) }
    guard hubTarget.each == nil else {
      throw Diagnostic(.writtenTwice(path: hubPath.text, direction: "both"), at: hubPath.place)
    }
    let inner = Scope(
      parent: scope, depth: scope.depth + 1, formatSource: element, formatTarget: target,
      hubFrame: hubElement.frame)
    inner.names = [
      HubName(name, content: content, depth: scope.depth + 1, target: hubTarget, source: hubElement)
    ]
    let when = try conditions(block.when, in: inner)
    (element.isConditional, hubElement.isConditional) = (when.in >= 0, when.out >= 0)
    hubTarget.each = .frames(depth: scope.depth, listCell: listCell, when: when.in)
    target.each = .frames(depth: owner.depth, listCell: hubListCell, when: when.out)
    scope.lenses.repetitions.append(
      .init(
        formatDepth: scope.depth, formatListCell: listCell, formatWhen: when.in,
        hub: .frames(depth: owner.depth, listCell: hubListCell, when: when.out), block: inner.lenses))
    lines(block, in: inner)
  }

  private mutating func formatElement(
    _ path: PathSource, in scope: Scope
  ) throws(Diagnostic) -> (SourceNode, TargetNode) {
    let (steps, _) = try resolver.steps(path, below: scope.formatSource.content, skipping: 0)
    var target = scope.formatTarget
    for step in steps { target = target.descend(step, in: library, at: path.place) }
    guard target.each == nil else {
      throw Diagnostic(.writtenTwice(path: path.text, direction: "both"), at: path.place)
    }
    return (descend(scope.formatSource, steps), target)
  }

  private mutating func include(
    _ path: PathSource, _ node: YAMLNode, _ with: [YAMLNode.Entry], in scope: Scope
  ) throws(Diagnostic) {
    guard let fragment = fragments[node.text ?? ""], !openFragments.contains(fragment.name) else {
      let near = NearNames.of(node.text ?? "", among: fragments.keys)
      throw Diagnostic(.unknownFragment(name: node.text ?? "", near: near), at: node.place)
    }
    let (steps, content) = try resolver.included(path, below: scope.formatSource.content)
    try checkFits(content, fragment, path)
    var target = scope.formatTarget
    for step in steps { target = target.descend(step, in: library, at: path.place) }
    let inner = Scope(
      parent: scope, depth: scope.depth, formatSource: descend(scope.formatSource, steps),
      formatTarget: target,
      hubFrame: scope.hubFrame, isFragment: true)
    for parameter in fragment.hub {
      inner.names.append(try argument(parameter, with.first { $0.name == parameter.name }, node, in: scope))
    }
    let outer = resolver
    let own = ownSlices(of: fragment)
    resolver = PathResolver(library: library, ownSlices: resolver.ownSlices.merging(own) { $0 + $1 })
    openFragments.append(fragment.name)
    fragmentsUsed.insert(fragment.name)
    lines(fragment.block, in: inner)
    openFragments.removeLast()
    resolver = outer
    scope.resourceBlocks += inner.resourceBlocks
  }

  private func checkFits(_ content: FieldContent, _ fragment: MappingSource, _ path: PathSource)
    throws(Diagnostic)
  {
    guard case .object(let type) = content, let wanted = fragment.type?.text,
      library.types[type].name == wanted, library.types[type].shape == fragment.shape
    else {
      let expected = "\(fragment.type?.text ?? "a type") of \(fragment.shape)"
      throw Diagnostic(
        .fragmentArgument(name: path.text, expected: expected, found: library.describe(content)),
        at: path.place)
    }
  }

  /// What a fragment is given under one of its names: a name of ours, or a path below one.
  private func argument(
    _ parameter: HubDeclaration, _ given: YAMLNode.Entry?, _ include: YAMLNode, in scope: Scope
  ) throws(Diagnostic) -> HubName {
    let path = try PathSource(given?.value.text ?? parameter.name, in: given?.value ?? include)
    guard let owner = scope.find(path.segments[0].name) else {
      if given != nil { throw unknownName(path.segments[0].name, scope, path.place) }
      throw Diagnostic(
        .fragmentArgument(name: parameter.name, expected: parameter.type, found: nil), at: include.place)
    }
    let (steps, content) = try resolver.steps(path, below: owner.content, skipping: 1)
    var target = owner.target
    for step in steps { target = target.descend(step, in: library, at: path.place) }
    let found = owner.resource != nil && steps.isEmpty ? owner.resource?.typeName : library.describe(content)
    guard found == parameter.type else {
      throw Diagnostic(
        .fragmentArgument(name: parameter.name, expected: parameter.type, found: found), at: path.place)
    }
    return HubName(
      parameter.name, content: content, depth: owner.depth, target: target,
      source: descend(owner.source, steps),
      resource: steps.isEmpty ? owner.resource : nil)
  }
}
