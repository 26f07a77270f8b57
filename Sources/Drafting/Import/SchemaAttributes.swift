import Diagnostics

// What declarations of attributes say of fields.
extension SchemaDrafter {
  /// The attributes of a type or attribute group, in order.
  mutating func attributes(of node: SchemaNode) throws(Diagnostic) -> [AttributeUse] {
    var found: [AttributeUse] = []
    for child in node.children {
      switch child.kind {
      case "attribute": found.append(try attribute(child))
      case "attributeGroup":
        guard let name = try child.reference("ref") else { continue }
        let group = try set.find(.attributeGroup, name, for: child)
        found += try expanding(group) { (drafter) throws(Diagnostic) in try drafter.attributes(of: group) }
      case "anyAttribute": notes.insert(.wildcards)
      default: break
      }
    }
    return found
  }

  private mutating func attribute(_ node: SchemaNode) throws(Diagnostic) -> AttributeUse {
    var declaration = node
    var name = SchemaName(namespace: "", local: node["name"] ?? "")
    if let reference = try node.reference("ref") {
      name = reference
      if let global = set.find(.attribute, reference) {
        declaration = global
      } else if reference.namespace == SchemaName.xmlNamespace,
        let value = BuiltInTypes.xmlAttribute(reference.local)
      {
        return use(node, node, SchemaField(kind: .attribute, name: name, content: .value(value)))
      } else {
        declaration = try set.find(.attribute, reference, for: node)
      }
    } else if node["form"].map({ $0 == "qualified" }) ?? node.file.qualifiesAttributes {
      name = SchemaName(namespace: node.file.targetNamespace, local: name.local)
    }
    let value = try attributeValue(declaration)
    return use(node, declaration, SchemaField(kind: .attribute, name: name, content: .value(value)))
  }

  private mutating func attributeValue(_ node: SchemaNode) throws(Diagnostic) -> SchemaValue {
    if let inner = node.child("simpleType") { return try simple.value(of: inner) }
    guard let name = try node.reference("type") else { return .text }
    return try simple.value(name, for: node)
  }

  private func use(_ node: SchemaNode, _ declaration: SchemaNode, _ field: SchemaField) -> AttributeUse {
    var field = field
    field.least = node["use"] == "required" ? 1 : 0
    field.remarks = [node.documentation].filter { !$0.isEmpty }
    if let fixed = node.attributes["fixed"] ?? declaration.attributes["fixed"] {
      field.fix(fixed)
    } else if let value = node.attributes["default"] ?? declaration.attributes["default"] {
      field.remarks.append("if absent: \(value.collapsed.shortened(to: 40))")
    }
    return AttributeUse(field: field, isProhibited: node["use"] == "prohibited")
  }
}

/// An attribute of a type; a restriction may prohibit one that its base has.
struct AttributeUse {
  var field: SchemaField
  let isProhibited: Bool
}
