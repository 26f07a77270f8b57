import Diagnostics

// Sequences, choices and groups, flattened to fields with cardinalities.
extension SchemaDrafter {
  /// The elements of a particle.
  mutating func elements(of particle: SchemaNode) throws(Diagnostic) -> FieldList {
    let times = Occurrence(particle)
    guard times.most > 0 else { return FieldList() }
    let inner = try elements(once: particle)
    let list = inner.repeated(times)
    guard particle.kind == "sequence", times.most > 1, list.fields.count > 1 else { return list }
    return list.remarked("repeats together: \(list.names(", "))")
  }

  private mutating func elements(once particle: SchemaNode) throws(Diagnostic) -> FieldList {
    switch particle.kind {
    case "element": return try fields(particle)
    case "choice": return try choice(particle)
    case "group":
      guard let name = try particle.reference("ref") else { return FieldList() }
      let group = try set.find(.group, name, for: particle)
      return try expanding(group) { (drafter) throws(Diagnostic) in try drafter.members(of: group) }
    case "any":
      notes.insert(.wildcards)
      return FieldList()
    default: return try members(of: particle)
    }
  }

  private mutating func members(of particle: SchemaNode) throws(Diagnostic) -> FieldList {
    var list = FieldList()
    for child in particle.children where Self.particles.contains(child.kind) {
      list.append(try elements(of: child))
    }
    return list
  }

  static let particles: Set = ["element", "sequence", "choice", "all", "group", "any"]

  private mutating func choice(_ node: SchemaNode) throws(Diagnostic) -> FieldList {
    var lists: [FieldList] = []
    for child in node.children where Self.particles.contains(child.kind) {
      lists.append(try elements(of: child))
    }
    let named = lists.filter { !$0.fields.isEmpty }
    let list = FieldList(oneOf: lists)
    guard named.count > 1 else { return list }
    let alternatives = named.prefix(6).map { $0.names(" + ") }.joined(separator: ", ")
    let word = Occurrence(node).most > 1 ? "any of" : "one of"
    return list.remarked("\(word) \(alternatives)\(named.count > 6 ? ", …" : "")")
  }
}
