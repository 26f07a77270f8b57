import Mapping

/// Which resources a document, or an element of a repetition, is about, and how they hang together.
struct ResourceChoice {
  let library: ShapeLibrary
  let words: NameWords

  private var knowledge: DraftingKnowledge { words.knowledge }

  /// The type that a repetition's name mentions, if the hub has it.
  func type(of name: String) -> String? {
    words.mentions(name).map(\.type).first { library.resource($0) != nil }
  }

  /// Whether something that does not repeat has a name for a resource of this type.
  func mentions(_ type: String, in fields: [FormatField]) -> Bool {
    singles(fields).contains { field in
      words.mentions(field.path.last ?? "").contains { $0.type == type }
    }
  }

  /// A field whose type a slice of the resource is named after, such as personnummer, is of such a resource.
  private func isTyped(_ field: FormatField, _ type: String) -> Bool {
    guard let keyword = field.type?.keyword, keyword != ScalarType.hsaID.keyword,
      let shape = library.resource(type)
    else { return false }
    return library.types[shape.root].slices.contains { $0.name == keyword }
  }

  private func singles(_ fields: [FormatField]) -> [FormatField] {
    fields.flatMap { $0.repeats ? [] : [$0] + singles($0.fields) }
  }

  /// The main resource and all others that are mentioned and that something ties to it, or that stand alone.
  func resources(main: String, in fields: [FormatField]) -> [MapDraft.Resource] {
    guard library.resource(main) != nil else { return [] }
    var found = [MapDraft.Resource(name: Self.name(main), type: main)]
    for (type, _) in knowledge.resources where type != main && library.resource(type) != nil {
      guard isTiable(type, to: main), isWorth(type, in: fields, beside: found) else { continue }
      found.append(MapDraft.Resource(name: Self.name(type), type: type))
    }
    return found.map { tied($0, among: found, main: main) }
  }

  private func isTiable(_ type: String, to main: String) -> Bool {
    knowledge.links.contains {
      ($0.type == main && $0.target == type) || ($0.type == type && $0.target == main)
        || ($0.type == type && $0.target != main)
    }
  }

  /// A person number tells of a person, once: not of every resource that could have one.
  private func isWorth(
    _ type: String, in fields: [FormatField], beside found: [MapDraft.Resource]
  ) -> Bool {
    if mentions(type, in: fields) { return true }
    guard let typed = singles(fields).first(where: { isTyped($0, type) }) else { return false }
    return !found.contains { isTyped(typed, $0.type) }
  }

  /// A resource with the references that find it, to the main one or to others declared here.
  func tied(
    _ resource: MapDraft.Resource, among all: [MapDraft.Resource], main: String
  ) -> MapDraft.Resource {
    guard resource.type != main else { return resource }
    var tied = resource
    if let link = knowledge.links.first(where: { $0.type == main && $0.target == resource.type }),
      let owner = all.first(where: { $0.type == main })
    {
      let others = Self.conditions(links(of: resource.type, to: all.filter { $0.type != main }))
      tied.tie = "as \(owner.name).\(link.path)" + (others.isEmpty ? "" : " " + others)
    } else {
      tied.tie = Self.conditions(links(of: resource.type, to: all))
    }
    return tied
  }

  /// The references of a type to resources that are declared.
  func links(of type: String, to all: [MapDraft.Resource]) -> [(path: String, name: String)] {
    knowledge.links.filter { $0.type == type }.compactMap { link in
      all.first { $0.type == link.target && $0.type != type }.map { (link.path, $0.name) }
    }
  }

  static func conditions(_ links: [(path: String, name: String)]) -> String {
    links.isEmpty ? "" : "where " + links.map { "\($0.path) = \($0.name)" }.joined(separator: ", ")
  }

  /// `medicationRequest`.
  static func name(_ type: String) -> String { type.prefix(1).lowercased() + type.dropFirst() }
}
