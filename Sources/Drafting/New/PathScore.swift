import Mapping

/// How well a field of a format and a place in the hub go together, from 0; above ``enough`` it is proposed.
struct PathScore {
  let words: NameWords
  /// The resource types that are declared where the field stands, the main one first.
  let resources: [String]

  static let enough = 0.745
  /// Worth naming in a comment.
  static let worthTelling = 0.5

  /// What a field's names say, the same for all places.
  struct FieldNames {
    let own: [Set<String>]
    let parents: [Set<String>]
    /// What the nearest parent's name says beside the resource that it mentions.
    let parent: [Set<String>]
    /// The resource that the name, or the nearest parent that mentions one, is about.
    let owner: String?
    /// Whether a name says so, not only the place.
    let isNamed: Bool
  }

  func names(of field: FormatField, inside: [String]) -> FieldNames {
    var segments = (inside + field.path).map { $0.hasPrefix("$") ? String($0.dropFirst()) : $0 }
    segments.removeAll(where: \.isEmpty)
    let last = segments.popLast() ?? ""
    var own = words.words(of: last)
    var owner = mentioned(last)
    if let owner, let mention = words.mentions(last).first(where: { $0.type == owner }) {
      // `patientName` is the patient's name; `doctor` alone is what the doctor is called.
      let rest = NameWords.split(last).filter { !mention.words.contains($0) }
      own = words.words(of: rest.isEmpty ? "name" : rest.joined(separator: " "))
    }
    let isSaidByItself = owner != nil
    let path = segments.dropFirst(inside.count(where: { !$0.isEmpty }))
    for segment in path.reversed() where owner == nil { owner = mentioned(segment) }
    let isNamed = owner != nil
    return FieldNames(
      own: own, parents: segments.flatMap(words.words),
      parent: isSaidByItself ? [] : path.last.map(unsaid) ?? [],
      owner: owner ?? resources.first, isNamed: isNamed)
  }

  private func unsaid(_ name: String) -> [Set<String>] {
    let mentioned = words.mentions(name).reduce(into: Set<String>()) { $0.formUnion($1.words) }
    let rest = NameWords.split(name).filter { !mentioned.contains($0) && !words.knowledge.quiet.contains($0) }
    return rest.isEmpty ? [] : words.words(of: rest.joined(separator: " "))
  }

  /// A resource that is declared here, else one that is not: then nothing here is the field's.
  private func mentioned(_ name: String) -> String? {
    let types = words.mentions(name).map(\.type)
    return resources.first(where: types.contains) ?? types.first
  }

  /// The score, or `nil` when no value could go that way.
  func score(_ field: FormatField, _ names: FieldNames, _ path: HubPath) -> Double? {
    guard let type = field.type, fits(field, type, path.type) else { return nil }
    let byType = isTold(byTypeOf: type, names, path)
    let telling = path.segments.map { $0.filter { !words.knowledge.quiet.contains($0) } }.filter {
      !$0.isEmpty
    }
    let hubWords = telling.isEmpty ? path.segments.flatMap(\.self) : telling.flatMap(\.self)
    let ownFound = share(names.own) { meanings in hubWords.contains { NameWords.meet(meanings, $0) } }
    let isFound = { (word: String) in (names.own + names.parents).contains { NameWords.meet($0, word) } }
    let hubFound = weighted(hubWords, isFound)
    guard byType || ownFound > 0 && telling.suffix(2).contains(where: { $0.contains(where: isFound) }),
      path.references.allSatisfy({ name in
        name.allSatisfy { words.knowledge.quiet.contains($0) || isFound($0) }
      })
    else { return nil }
    let owner = ownership(names, path)
    // A parent of which the path says nothing is another thing: `employer.name` is no patient's name.
    let strange =
      byType || names.parent.isEmpty
      ? 0
      : 1
        - share(names.parent) { meanings in
          hubWords.contains { NameWords.meet(meanings, $0) }
        }
    return 0.35 * (byType ? 1 : ownFound) + 0.35 * hubFound + owner + (byType ? 0.5 : 0)
      + (type.keyword == path.type.keyword ? 0.05 : 0) - 0.2 * strange - 0.01
      * Double(path.text.count { $0 == "." })
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
    guard !Self.everyday.contains(type.keyword), path.slices.last == type.keyword,
      let last = path.segments.last, last.allSatisfy(words.knowledge.quiet.contains)
    else { return false }
    // A person number is a person's wherever it stands; an HSA-id may be of anything that a name tells of.
    if names.owner == path.resource { return true }
    return type != .hsaID && (!names.isNamed || names.owner.map(resources.contains) ?? false)
  }

  /// Types that say nothing about what a field is.
  private static let everyday: Set = ["string", "text", "code", "integer", "decimal", "boolean"]

  /// As ``share(_:_:)``, weak words counting half.
  private func weighted(_ hubWords: [String], _ isFound: (String) -> Bool) -> Double {
    let weight = { (word: String) in words.knowledge.weak.contains(word) ? 0.5 : 1 }
    let all = hubWords.reduce(0) { $0 + weight($1) }
    return all == 0 ? 0 : hubWords.filter(isFound).reduce(0) { $0 + weight($1) } / all
  }

  private func share<T>(_ items: [T], _ isFound: (T) -> Bool) -> Double {
    items.isEmpty ? 0 : Double(items.count(where: isFound)) / Double(items.count)
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
