import Mapping

/// How well a field of a format and a place in the hub go together, from 0; above ``enough`` it is proposed.
struct PathScore {
  let words: NameWords
  /// The resource types that are declared where the field stands, the main one first.
  let resources: [String]

  static let enough = 0.745
  /// Worth naming in a comment.
  static let worthTelling = 0.5

  /// The score, or `nil` when no value could go that way.
  func score(_ field: FormatField, _ names: FieldNames, _ path: HubPath) -> Double? {
    guard let type = field.type, fits(field, type, path.type) else { return nil }
    let byType = isTold(byTypeOf: type, names, path)
    guard byType || saysSomething(names, path) else { return nil }
    let owner = ownership(names, path)
    let sameType = type.keyword == path.type.keyword ? 0.05 : 0
    let byWords = 0.35 * weighted(path.telling.flatMap(\.self), names.said) + owner + sameType
    let depth = 0.01 * Double(path.segments.count - 1)
    if byType { return byWords + 0.85 - depth }
    // A parent of which the path says nothing is another thing: `employer.name` is no patient's name.
    let strange = names.parent.isEmpty ? 0 : 1 - share(names.parent, in: path)
    return byWords + 0.35 * share(names.own, in: path) - 0.2 * strange - depth
  }

  /// Whether the name is somewhere in the path, near its end too, and references on the way are named.
  private func saysSomething(_ names: FieldNames, _ path: HubPath) -> Bool {
    share(names.own, in: path) > 0 && path.telling.suffix(2).contains { !names.said.isDisjoint(with: $0) }
      && path.references.allSatisfy { name in
        name.allSatisfy { words.knowledge.quiet.contains($0) || names.said.contains($0) }
      }
  }

  /// What a name says counts most; without one the main resource comes first, then the others in order.
  private func ownership(_ names: FieldNames, _ path: HubPath) -> Double {
    if names.owner == path.resource { return 0.25 }
    guard !names.isNamed, !path.isOwnIdentifier, let index = resources.firstIndex(of: path.resource) else {
      return 0
    }
    return 0.08 - 0.001 * Double(index)
  }

  /// Whether a value's type is what a slice is named after, and the path ends with that slice's value.
  private func isTold(byTypeOf type: ScalarType, _ names: FieldNames, _ path: HubPath) -> Bool {
    guard !Self.everyday.contains(type.keyword), path.slices.last == type.keyword, path.references.isEmpty,
      let last = path.segments.last, last.allSatisfy(words.knowledge.quiet.contains)
    else { return false }
    // A person number is a person's wherever it stands; an HSA-id may be of anything that a name tells of.
    if names.owner == path.resource { return true }
    return type != .hsaID && (!names.isNamed || names.owner.map(resources.contains) ?? false)
  }

  /// Types that say nothing about what a field is.
  private static let everyday: Set = ["string", "text", "code", "integer", "decimal", "boolean"]

  /// How much of a path is said, weak words counting half.
  private func weighted(_ hubWords: [String], _ said: Set<String>) -> Double {
    let weight = { (word: String) in words.knowledge.weak.contains(word) ? 0.5 : 1 }
    let all = hubWords.reduce(0) { $0 + weight($1) }
    return all == 0 ? 0 : hubWords.filter(said.contains).reduce(0) { $0 + weight($1) } / all
  }

  /// How many of a name's words stand in a path.
  private func share(_ name: [Set<String>], in path: HubPath) -> Double {
    let found = name.count { meanings in path.telling.contains { !meanings.isDisjoint(with: $0) } }
    return name.isEmpty ? 0 : Double(found) / Double(name.count)
  }

  /// Whether values could go there and back, and all values that were seen do.
  private func fits(_ field: FormatField, _ type: ScalarType, _ hub: ScalarType) -> Bool {
    if CodeTableDraft.isWanted(field, hub) { return true }
    guard type != .any, type.corresponds(to: hub) else { return false }
    let isNarrower = !type.isText || hub.isText
    return isNarrower || !field.values.isEmpty && field.values.allSatisfy(hub.accepts)
  }
}

extension ScalarType {
  fileprivate var isText: Bool { self == .string || self == .text }
}
