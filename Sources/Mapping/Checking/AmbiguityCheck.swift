import Diagnostics

/// Finds places where the way back could take what another line wrote: elements of a repetition that a slice, `[first]`
/// or an `each` would mistake for its own, and resources that are found in place of another.
///
/// Augeas asks the same of its lenses for text: that what two parts write can always be told apart. What depends on a
/// formula or a condition only running can tell (``LawCheck``).
struct AmbiguityCheck {
  private let library: ShapeLibrary
  private let tables: TableLibrary
  private let rules: [Rule]
  private let names: [HubName]
  private var diagnostics: [Diagnostic] = []

  /// What is ambiguous in a mapping; nothing when no line goes both ways.
  static func run(
    _ mapping: CheckedMapping, _ shapes: ShapeLibrary, _ tables: TableLibrary
  ) -> [Diagnostic] {
    guard mapping.lensCount > 0 else { return [] }
    var check = AmbiguityCheck(
      library: shapes, tables: tables, rules: mapping.rules, names: mapping.resources)
    check.run(mapping.scope)
    return check.diagnostics
  }

  private init(library: ShapeLibrary, tables: TableLibrary, rules: [Rule], names: [HubName]) {
    self.names = names
    self.library = library
    self.tables = tables
    self.rules = rules
  }

  private mutating func run(_ scope: Scope) {
    elements(read: scope.formatSource, written: scope.formatTarget)
    resources(scope)
  }

  private mutating func resources(_ scope: Scope) {
    let names = scope.names.filter { $0.resource != nil }
    for name in names { elements(read: name.source, written: name.target) }
    for reader in names {
      for writer in names where writer !== reader { resource(reader, mayFind: writer) }
    }
    for block in scope.resourceBlocks {
      eachBlock(block.scope, beside: scope)
      resources(block.scope)
    }
  }

  /// Reports that the way back may mistake one for the other.
  private mutating func report(
    _ path: String, _ other: String, _ example: String, _ place: Place?, _ label: Place?
  ) {
    guard let place = place ?? label,
      !diagnostics.contains(where: { $0.place == label && $0.labels.first?.place == place })
    else { return }
    let labels = label.map { [Diagnostic.Label($0, "written here")] } ?? []
    diagnostics.append(
      Diagnostic(
        .readsAnother(path: path, other: other, example: example, document: nil), at: place, labels: labels))
  }
}

// MARK: Elements of a repetition

extension AmbiguityCheck {
  private mutating func elements(read: SourceNode, written: TargetNode) {
    guard case .object(let type) = read.content else { return }
    for edge in read.edges {
      for child in written.children where child.step.field == edge.step.field && child.node.isWritten {
        if edge.step.selector == child.step.selector {
          elements(read: edge.node, written: child.node)
        } else if let reason = mistakes(edge, child) {
          let field = library.types[type].fields[edge.step.field]
          let path = field.name + edge.step.selector.suffix
          report(path, child.node.path, reason, edge.node.firstPlace, child.node.firstPlace)
        }
      }
    }
  }

  /// Why an element that a target writes may be taken by a reading edge; `nil` when it can't.
  private func mistakes(
    _ edge: (step: Step, node: SourceNode), _ child: (step: Step, node: TargetNode)
  ) -> String? {
    if edge.node.firstPlace == nil, referredTypes(edge.node).isDisjoint(with: referredTypes(child.node)) {
      return nil
    }
    guard !edge.node.isConditional, child.node.each?.isConditional != true else { return nil }
    switch edge.step.selector {
    case .only: return nil
    case .first:
      return "when nothing is written to `[first]`, the element of `\(child.node.path)` is the first"
    case .all(nil):
      // Elements that a slice of the mapping takes are passed over.
      return child.step.selector == .first ? "`\(child.node.path)` is one of all elements" : nil
    case .slice(let slice), .all(let slice?):
      return meets(slice.fixed, child.node).map { "an element in which \($0)" }
    }
  }

  /// The types of the resources that are found through references here or below.
  private func referredTypes(_ node: SourceNode) -> Set<TypeID> {
    var types: Set<TypeID> = []
    for name in names {
      guard case .reference(let owner, let cell)? = name.resource?.finding, owner.source.frame === node.frame,
        cell == node.cell, let type = name.resource?.type
      else { continue }
      types.insert(type)
    }
    return node.edges.reduce(types) { $0.union(referredTypes($1.node)) }
  }

  /// The types of the resources that are referred to here or below.
  private func referredTypes(_ node: TargetNode) -> Set<TypeID> {
    var types: Set<TypeID> = []
    if case .reference(let name, _)? = node.leaf, let type = name.resource?.type { types.insert(type) }
    return node.children.reduce(types) { $0.union(referredTypes($1.node)) }
  }

  /// How an object that a target writes comes to have fixed values, in words; `nil` when it never does.
  private func meets(_ fixed: [FixedValue], _ target: TargetNode) -> String? {
    var words: [String] = []
    for value in fixed {
      guard let word = meets(value, target) else { return nil }
      words.append(word)
    }
    return words.isEmpty ? nil : words.joined(separator: " and ")
  }

  private func meets(_ fixed: FixedValue, _ target: TargetNode) -> String? {
    for child in target.children where child.step.field == fixed.field {
      if let value = fixed.value {
        if let word = mayBe(value, child.node) { return word }
      } else if let word = meets(fixed.below, child.node) {
        return word
      }
    }
    return nil
  }

  private func mayBe(_ value: String, _ target: TargetNode) -> String? {
    switch target.leaf {
    case .fixed(let text): return text == value ? "`\(target.path)` is `\(value)`" : nil
    case .line(let line):
      guard case .cell = line.source, gives(line, value, target) else { return nil }
      return "`\(rules[line.rule].source)` makes `\(target.path)` `\(value)`"
    case .reference, nil: return nil
    }
  }

  private func gives(_ line: LeafLine, _ value: String, _ target: TargetNode) -> Bool {
    switch line.conversions.last {
    case .table(let name, let direction)?:
      guard let table = tables.tables[name] else { return false }
      return table.targets(direction).contains(value)
        || table.pattern(direction).map { Self.fits(value, $0.target(direction)) } ?? false
    case .addPrefix(let prefix)?: return value.hasPrefix(prefix)
    default:
      guard case .value(.code(let codes)) = target.content, !codes.isEmpty else { return true }
      return codes.contains(value)
    }
  }

  private static func fits(_ value: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    return value.hasPrefix(parts[0]) && value.hasSuffix(parts.last ?? "")
      && value.count >= pattern.count - 1
  }
}

// MARK: Resources

extension AmbiguityCheck {
  /// Two names of one scope.
  private mutating func resource(_ reader: HubName, mayFind writer: HubName) {
    guard let wanted = reader.resource, let other = writer.resource, wanted.type == other.type,
      reader.target.isWritten, writer.target.isWritten, leads(wanted, to: writer),
      canMeet(wanted.fixed, writer)
    else { return }
    report(
      reader.name, writer.name, "a document that speaks of `\(writer.name)` alone", wanted.place, other.place)
  }

  /// The resources of an `each`, and those around it or in another.
  private mutating func eachBlock(_ scope: Scope, beside outer: Scope) {
    guard scope.when.out < 0, let reader = scope.names.first, let wanted = reader.resource else { return }
    let others =
      outer.names
      + outer.resourceBlocks.filter { $0.scope !== scope && $0.scope.when.out < 0 }.flatMap(\.scope.names)
    for writer in others where writer.resource?.type == wanted.type && writer.target.isWritten {
      guard leads(wanted, to: writer), canMeet(wanted.fixed, writer), let other = writer.resource else {
        continue
      }
      report(
        reader.name, writer.name, "a document that speaks of `\(writer.name)` alone", wanted.place,
        other.place)
    }
    for outside in outer.names where outside.target.isWritten {
      for writer in scope.names { resource(outside, mayFind: writer) }
    }
  }

  /// Whether looking for a resource comes upon another of its type.
  private func leads(_ wanted: ResourceName, to writer: HubName) -> Bool {
    switch wanted.finding {
    case .ofType: return true
    case .reference: return false
    case .link(let field, let to): return refers(writer.target, along: field[...], to: to)
    }
  }

  private func refers(_ target: TargetNode, along steps: ArraySlice<Step>, to other: HubName) -> Bool {
    guard let step = steps.first else {
      if case .reference(let name, _)? = target.leaf { return name === other }
      return false
    }
    return target.children.contains {
      $0.step.field == step.field && refers($0.node, along: steps.dropFirst(), to: other)
    }
  }

  private func canMeet(_ fixed: [FixedValue], _ writer: HubName) -> Bool {
    fixed.isEmpty || meets(fixed, writer.target) != nil
  }
}

extension Selector {
  fileprivate var suffix: String {
    switch self {
    case .only: ""
    case .first: "[first]"
    case .slice(let slice): "[\(slice.name)]"
    case .all(let slice): (slice.map { "[\($0.name)]" } ?? "") + "*"
    }
  }
}

extension SourceNode {
  /// Where the first line stands that reads here or below.
  fileprivate var firstPlace: Place? { place ?? edges.lazy.compactMap(\.node.firstPlace).first }
}

extension EachLine {
  /// Whether a formula says which elements it is about.
  fileprivate var isConditional: Bool {
    switch self {
    case .frames(_, _, let when): when >= 0
    case .resources(let scope): scope.when.in >= 0 || scope.when.out >= 0
    }
  }
}

extension TargetNode {
  fileprivate var firstPlace: Place? { place ?? children.lazy.compactMap(\.node.firstPlace).first }
}
