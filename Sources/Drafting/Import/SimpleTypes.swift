import Diagnostics

/// Drafts simple types; a shape has no named ones, hence every field says what its values are.
struct SimpleTypes {
  let set: SchemaSet
  private var open: Set<ObjectIdentifier> = []

  init(_ set: SchemaSet) { self.set = set }

  /// The values of a simple type by name.
  mutating func value(_ name: SchemaName, for user: SchemaNode) throws(Diagnostic) -> SchemaValue {
    if name.isBuiltIn, let value = BuiltInTypes.value(name.local) { return value }
    return try value(of: try set.find(.type, name, for: user))
  }

  /// The values of a `simpleType`, or of a `complexType` with simple content.
  mutating func value(of node: SchemaNode) throws(Diagnostic) -> SchemaValue {
    guard open.insert(node.id).inserted else {
      throw Diagnostic(.definedByItself(name: node["name"] ?? ""), at: node.place)
    }
    defer { open.remove(node.id) }
    if let restriction = node.child("restriction") { return try restricted(restriction) }
    if let union = node.child("union") { return try united(union) }
    if let content = node.child("simpleContent") { return try value(ofContent: content) }
    return .text
  }

  /// The text of `simpleContent`.
  mutating func value(ofContent content: SchemaNode) throws(Diagnostic) -> SchemaValue {
    if let restriction = content.child("restriction") { return try restricted(restriction) }
    guard let step = content.child("extension"), let base = try step.reference("base") else { return .text }
    return try value(base, for: step)
  }

  private mutating func restricted(_ step: SchemaNode) throws(Diagnostic) -> SchemaValue {
    var value = SchemaValue.text
    if let inner = step.child("simpleType") {
      value = try self.value(of: inner)
    } else if let base = try step.reference("base") {
      value = try self.value(base, for: step)
    }
    if value.type == "text", ["collapse", "replace"].contains(step.child("whiteSpace")?["value"]) {
      value.type = "string"
    }
    let listed = step.children("enumeration").map { $0.attributes["value"] ?? "" }
    if !listed.isEmpty, value.family != .other {
      let collapses = value.type != "text"
      return CodeList.value(collapses ? listed.map(\.collapsed) : listed) ?? value
    }
    let patterns = step.children("pattern").compactMap { $0.attributes["value"] }
    guard value.family == .text, value.codes.isEmpty, !patterns.isEmpty else { return value }
    return PatternNarrowing.narrow(value, by: patterns)
  }

  /// A union of lists of codes is the list of all; others are texts.
  private mutating func united(_ union: SchemaNode) throws(Diagnostic) -> SchemaValue {
    var members: [SchemaValue] = []
    for name in try union.references("memberTypes") { members.append(try value(name, for: union)) }
    for inner in union.children("simpleType") { members.append(try value(of: inner)) }
    guard members.allSatisfy({ !$0.codes.isEmpty }) else { return .text }
    let empty = members.contains(where: \.mayBeEmpty) ? [""] : []
    return CodeList.value(members.flatMap(\.codes) + empty) ?? .text
  }
}
