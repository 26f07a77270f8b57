import Diagnostics
import YAML

/// What formulas call the types of all shapes, and which type is a kind of which.
struct TypeNames: Sendable {
  /// The type that a type is a kind of, by name.
  private(set) var parents: [String: String] = [:]
  /// The names of types of values, by what shapes write: `text`, `instant(partial)`.
  private(set) var scalars: [String: String] = [:]

  /// All names that `kinds` and `scalars` declare.
  private(set) var declared: Set<String> = []

  /// The name of a type of values: by its whole text, else by what stands before the bracket.
  func name(of type: ScalarType) -> String {
    scalars[type.description] ?? scalars[type.keyword] ?? type.keyword
  }

  /// The name of the type of what a field holds.
  func name(of field: Field, among types: [ObjectType]) -> String {
    switch field.content {
    case .value(let type): field.typeName ?? name(of: type)
    case .object(let id): types[id].typeName
    }
  }
}

// MARK: Reading

extension TypeNames {
  /// Gathers `kinds` and `scalars` of all shapes; problems are added to `diagnostics`.
  init(_ sources: [ShapeSource], diagnostics: inout [Diagnostic]) {
    for entry in sources.flatMap(\.scalars) where !Self.isScalar(entry.name) {
      let near = NearNames.of(entry.name, among: ScalarType.keywords)
      diagnostics.append(Diagnostic(.unknownType(name: entry.name, near: near), at: entry.key.place))
    }
    scalars = Self.table(sources.flatMap(\.scalars), &diagnostics)
    let kinds = sources.flatMap(\.kinds)
    parents = Self.table(kinds, &diagnostics)
    declared = Set(parents.keys).union(parents.values).union(scalars.values)
    diagnostics += circles(among: kinds)
  }

  private static func isScalar(_ name: String) -> Bool {
    ScalarType(parsing: name) != nil || ScalarType.keywords.contains(name)
  }

  /// The entries as a table; the same line in two files is no harm.
  private static func table(
    _ entries: [YAMLNode.Entry], _ diagnostics: inout [Diagnostic]
  ) -> [String: String] {
    var known: [String: YAMLNode.Entry] = [:]
    for entry in entries {
      if entry.value.text?.isEmpty ?? true {
        diagnostics.append(
          Diagnostic(.expectedForm(what: "the name of a type", form: "a text"), at: entry.value.place))
      } else if let first = known[entry.name], first.value.text != entry.value.text {
        diagnostics.append(
          Diagnostic(
            .nameTwice(name: entry.name), at: entry.key.place, labels: [.init(first.key.place, "the first")]))
      } else {
        known[entry.name] = entry
      }
    }
    return known.compactMapValues(\.value.text)
  }

  /// One diagnostic for each circle, at its first line.
  private func circles(among kinds: [YAMLNode.Entry]) -> [Diagnostic] {
    var told: Set<String> = []
    return kinds.compactMap { entry in
      let circle = circle(from: entry.name)
      guard !circle.isEmpty, told.isDisjoint(with: circle) else { return nil }
      told.formUnion(circle)
      return Diagnostic(.kindOfItself(chain: circle + [entry.name]), at: entry.key.place)
    }
  }

  /// The names from a type around to it again; empty when the way ends, or turns elsewhere.
  private func circle(from name: String) -> [String] {
    var chain = [name]
    while let next = parents[chain[chain.count - 1]], next != name {
      guard !chain.contains(next) else { return [] }
      chain.append(next)
    }
    return parents[chain[chain.count - 1]] == nil ? [] : chain
  }
}
