/// Writes drafted types as a ``ShapeDraft``.
struct SchemaShape {
  private let types: [SchemaType]
  private let uses: SchemaUses
  private let names: SchemaTypeNames
  private var prefixes: SchemaPrefixes

  /// - Parameter root: the root element.
  static func draft(_ root: SchemaField, _ drafter: SchemaDrafter, named name: String) -> ShapeDraft {
    var prefixes = SchemaPrefixes(drafter.set.schemas)
    var draft = ShapeDraft(name: name, format: "xml")
    draft.root = root.name.namespace.isEmpty ? "" : prefixes.prefix(root.name.namespace) + ":"
    draft.root += root.name.local
    var shape = SchemaShape(root, drafter.types, prefixes)
    draft.fields = shape.fields(ofRoot: root)
    draft.types = shape.namedTypes()
    draft.namespaces = shape.prefixes.declared
    return draft
  }

  private init(_ root: SchemaField, _ types: [SchemaType], _ prefixes: SchemaPrefixes) {
    var prefixes = prefixes
    let uses = SchemaUses(of: root, in: types)
    names = SchemaTypeNames(uses.order.filter { uses.isNamed($0) }, types, &prefixes)
    self.types = types
    self.uses = uses
    self.prefixes = prefixes
  }

  private mutating func fields(ofRoot root: SchemaField) -> [FieldDraft] {
    switch root.content {
    case .object(let id): return fields(types[id].fields, inherited: root.name.namespace)
    case .value(let value):
      let own = SchemaField(
        kind: .text, name: SchemaName(namespace: "", local: "$"), least: value.isFree ? 0 : 1,
        content: root.content, fixed: root.fixed)
      return fields([own], inherited: nil)
    case .anything: return []
    }
  }

  private mutating func namedTypes() -> [TypeDraft] {
    var drafts: [TypeDraft] = []
    for id in uses.order where uses.isNamed(id) {
      var draft = TypeDraft(
        name: names[id], fields: fields(types[id].fields, inherited: uses.inherited(by: id)))
      draft.comment = types[id].documentation
      drafts.append(draft)
    }
    return drafts
  }
}

// MARK: Fields

extension SchemaShape {
  /// Paths leave prefixes out, so that of two fields that differ in their namespaces only one has a name.
  private mutating func fields(_ fields: [SchemaField], inherited: String?) -> [FieldDraft] {
    var drafts: [FieldDraft] = []
    var places: [String: Int] = [:]
    for field in fields {
      let name = field.kind == .attribute ? "$" + field.name.local : field.name.local
      if let place = places[name] {
        drafts[place].comment +=
          (drafts[place].comment.isEmpty ? "" : "; ") + "also in \(field.name.namespace)"
        continue
      }
      places[name] = drafts.count
      drafts.append(draft(field, name: name, inherited: inherited))
    }
    return drafts
  }

  private mutating func draft(_ field: SchemaField, name: String, inherited: String?) -> FieldDraft {
    let ownNamespace = field.kind == .element ? inherited : ""
    let isPrefixed = field.name.namespace != ownNamespace
    var draft = FieldDraft(
      (isPrefixed ? prefixes.prefix(field.name.namespace) + ":" : "") + name, field.cardinality,
      content(of: field))
    draft.comment = remarks(of: field).joined(separator: "; ")
    return draft
  }

  private mutating func content(of field: SchemaField) -> FieldDraft.Content {
    switch field.content {
    case .anything: .type("any")
    case .value(let value): .type(field.fixed.map { "= " + $0 } ?? value.type)
    case .object(let id) where uses.isNamed(id): .type(names[id])
    case .object(let id): .fields(fields(types[id].fields, inherited: field.name.namespace))
    }
  }

  private func remarks(of field: SchemaField) -> [String] {
    switch field.content {
    case .anything: return field.remarks
    case .value(let value):
      return field.remarks + (value.remark.isEmpty || field.fixed != nil ? [] : [value.remark])
    case .object(let id):
      let type = types[id]
      let documented = field.remarks.isEmpty && !uses.isNamed(id) ? [type.documentation] : []
      let choices = type.alternatives.prefix(6).map { names[$0] }.joined(separator: ", ")
      let more = type.alternatives.count > 6 ? ", …" : ""
      let abstract = choices.isEmpty ? [] : ["abstract, xsi:type says which: \(choices)\(more)"]
      return (documented + field.remarks + abstract).filter { !$0.isEmpty }
    }
  }
}

extension SchemaField {
  /// As shapes write it behind the name.
  fileprivate var cardinality: FieldDraft.Cardinality {
    switch (least > 0, most > 1) {
    case (true, false): .one
    case (false, false): .optional
    case (false, true): .any
    case (true, true): .some
    }
  }
}
