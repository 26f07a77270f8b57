import Diagnostics

// What a declaration of an element says of the field.
extension SchemaDrafter {
  /// A global element as the field that it would be.
  mutating func field(global node: SchemaNode) throws(Diagnostic) -> SchemaField {
    try field(node, name: node.globalName, remark: node.documentation)
  }

  /// An element of a content model; several where others may stand in its place.
  mutating func fields(_ node: SchemaNode) throws(Diagnostic) -> FieldList {
    guard let name = try node.reference("ref") else {
      return FieldList([try field(node, name: localName(node), remark: node.documentation)])
    }
    let global = try set.find(.element, name, for: node)
    let substitutes = substitutes(for: name)
    var field = try field(global, name: name, remark: node.documentation)
    guard !substitutes.isEmpty else { return FieldList([field]) }
    var fields = FieldList(global.isTrue("abstract") ? [] : [field.optional])
    for other in substitutes {
      field = try self.field(other, name: other.globalName, remark: other.documentation)
      fields.append(field.optional)
    }
    return fields.remarked("stands for \(name.local): one of \(fields.names(", "))")
  }

  private func localName(_ node: SchemaNode) -> SchemaName {
    let isQualified = node["form"].map { $0 == "qualified" } ?? node.file.qualifiesElements
    return SchemaName(namespace: isQualified ? node.file.targetNamespace : "", local: node["name"] ?? "")
  }

  /// The elements that may stand in place of another, and those that may stand in place of them.
  private func substitutes(for head: SchemaName) -> [SchemaNode] {
    var found: [SchemaNode] = []
    var heads = [head]
    while let head = heads.popLast() {
      for node in set.substitutes[head] ?? [] where !found.contains(where: { $0 === node }) {
        found.append(node)
        heads.append(node.globalName)
      }
    }
    return found.filter { !$0.isTrue("abstract") }
  }

  private mutating func field(
    _ node: SchemaNode, name: SchemaName, remark: String
  ) throws(Diagnostic) -> SchemaField {
    let isNil = node.isTrue("nillable")
    let content = try content(node, isNil: isNil)
    var field = SchemaField(kind: .element, name: name, content: content)
    field.remarks = [remark].filter { !$0.isEmpty }
    if isNil { field.remarks.append("may be xsi:nil") }
    return givenValue(node, isNil ? field.optional : field)
  }

  /// An empty element has the value that the declaration gives, so that it counts as absent.
  private func givenValue(_ node: SchemaNode, _ field: SchemaField) -> SchemaField {
    var field = field
    if let fixed = node.attributes["fixed"] {
      field.fix(fixed)
      field.least = 0
    } else if let value = node.attributes["default"] {
      field.remarks.append("if empty: \(value.collapsed.shortened(to: 40))")
      field.least = 0
    }
    return field
  }

  private mutating func content(
    _ node: SchemaNode, isNil: Bool
  ) throws(Diagnostic) -> SchemaField.Content {
    if let inner = node.child("complexType") {
      return .object(type(inner, named: node["name"] ?? "", isNil: isNil))
    }
    if let inner = node.child("simpleType") { return .value(try simple.value(of: inner)) }
    if let name = try node.reference("type") { return try content(ofType: name, for: node, isNil: isNil) }
    guard let head = try node.reference("substitutionGroup") else { return .anything }
    let global = try set.find(.element, head, for: node)
    return try expanding(global) { (drafter) throws(Diagnostic) in try drafter.content(global, isNil: isNil) }
  }

  private mutating func content(
    ofType name: SchemaName, for node: SchemaNode, isNil: Bool
  ) throws(Diagnostic) -> SchemaField.Content {
    if name.isBuiltIn {
      if name.local == "anyType" { return .anything }
      return .value(try simple.value(name, for: node))
    }
    let definition = try set.find(.type, name, for: node)
    guard definition.kind == "complexType" else { return .value(try simple.value(of: definition)) }
    return .object(type(definition, named: name.local, isNil: isNil))
  }
}

extension SchemaField {
  /// Gives it the value that it always has, if a shape can say so: booleans and numbers have several
  /// spellings.
  mutating func fix(_ value: String) {
    guard case .value(let type) = content, type.family == .text, !value.isEmpty, value == value.collapsed
    else {
      remarks.append("always \(value.collapsed.shortened(to: 40))")
      return
    }
    fixed = value
  }
}
