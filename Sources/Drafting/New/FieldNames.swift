/// What a field's name and its parents' names say, in the hub's words.
struct FieldNames {
  /// For each word of the name: which of the hub's words mean the same.
  let own: [Set<String>]
  /// What the nearest parent's name says beside the resource that it mentions, likewise.
  let parent: [Set<String>]
  /// All of the hub's words that the name or a parent says.
  let said: Set<String>
  /// The resource that the name, or the nearest parent that mentions one, is about.
  let owner: String?
  /// Whether a name says so, not only the place.
  let isNamed: Bool
}

/// Reads fields' names where certain resources are declared.
struct FieldNameReader {
  let words: NameWords
  /// The resource types that are declared where the fields stand, the main one first.
  let resources: [String]
  /// The words of all places that could be proposed.
  let vocabulary: Set<String>

  /// - Parameter inside: the names around the block that the field's path begins in.
  func names(of field: FormatField, inside: [String]) -> FieldNames {
    let outer = bare(inside)
    var path = bare(field.path)
    // An element's own text is called as the element is.
    let last = path.popLast() ?? outer.last ?? ""
    let own = own(last)
    let owner = ([last] + path.reversed()).lazy.compactMap(mentioned).first
    let parent = mentioned(last) == nil ? path.last.map(unsaid) ?? [] : []
    let around = (outer + path).flatMap(words.words).map(met)
    return FieldNames(
      own: own, parent: parent, said: (own + around).reduce(into: []) { $0.formUnion($1) },
      owner: owner ?? resources.first, isNamed: owner != nil)
  }

  private func bare(_ names: [String]) -> [String] {
    names.map { $0.hasPrefix("$") ? String($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
  }

  /// `patientName` is the patient's name; `doctor` alone is what the doctor is called.
  private func own(_ name: String) -> [Set<String>] {
    let owner = mentioned(name)
    guard let mention = words.mentions(name).first(where: { $0.type == owner }) else {
      return words.words(of: name).map(met)
    }
    let rest = NameWords.split(name).filter { !mention.words.contains($0) }
    return words.words(of: rest.isEmpty ? "name" : rest.joined(separator: " ")).map(met)
  }

  private func unsaid(_ name: String) -> [Set<String>] {
    let mentioned = words.mentions(name).reduce(into: Set<String>()) { $0.formUnion($1.words) }
    let rest = NameWords.split(name).filter { !mentioned.contains($0) && !words.knowledge.quiet.contains($0) }
    return rest.isEmpty ? [] : words.words(of: rest.joined(separator: " ")).map(met)
  }

  /// A resource that is declared here, else one that is not: then nothing here is the field's.
  private func mentioned(_ name: String) -> String? {
    let types = words.mentions(name).map(\.type)
    return resources.first(where: types.contains) ?? types.first
  }

  private func met(_ meanings: Set<String>) -> Set<String> {
    vocabulary.filter { NameWords.meet(meanings, $0) }
  }
}
