import Diagnostics

/// Everything that a complex type says, with what it has from its bases.
struct ComplexContent {
  private var attributes: [AttributeUse] = []
  private var elements = FieldList()
  private var text: SchemaValue?
  private var isMixed = false
  private var mayBeAbsent = false

  /// - Parameter node: a `complexType`.
  init(_ node: SchemaNode, _ drafter: inout SchemaDrafter) throws(Diagnostic) {
    self = try drafter.expanding(node) { (drafter) throws(Diagnostic) in
      try ComplexContent(expanding: node, &drafter)
    }
  }

  private init() {}

  private init(expanding node: SchemaNode, _ drafter: inout SchemaDrafter) throws(Diagnostic) {
    isMixed = node.isTrue("mixed")
    if let content = node.child("simpleContent") {
      try read(content, &drafter)
      text = try drafter.simple.value(ofContent: content)
    } else if let content = node.child("complexContent") {
      isMixed = isMixed || content.isTrue("mixed")
      try read(content, &drafter)
    } else {
      try own(node, &drafter)
    }
  }

  /// What is derived: an extension has all of its base, a restriction its attributes only.
  private mutating func read(_ content: SchemaNode, _ drafter: inout SchemaDrafter) throws(Diagnostic) {
    guard let step = content.child("extension", "restriction") else { return }
    let base = try Self.base(of: step, &drafter)
    attributes = base.attributes
    if step.kind == "extension" {
      elements = base.elements
      isMixed = isMixed || base.isMixed
    }
    try own(step, &drafter)
  }

  private static func base(
    of step: SchemaNode, _ drafter: inout SchemaDrafter
  ) throws(Diagnostic) -> ComplexContent {
    guard let name = try step.reference("base"), !name.isBuiltIn else { return ComplexContent() }
    let node = try drafter.set.find(.type, name, for: step)
    return node.kind == "complexType" ? try ComplexContent(node, &drafter) : ComplexContent()
  }

  private mutating func own(_ node: SchemaNode, _ drafter: inout SchemaDrafter) throws(Diagnostic) {
    for child in node.children where SchemaDrafter.particles.contains(child.kind) {
      elements.append(try drafter.elements(of: child))
    }
    for use in try drafter.attributes(of: node) {
      attributes.removeAll { $0.field.name == use.field.name }
      if !use.isProhibited { attributes.append(use) }
    }
  }
}

extension ComplexContent {
  /// What stands in an element that may be `xsi:nil`.
  var optional: ComplexContent {
    var content = self
    content.mayBeAbsent = true
    return content
  }

  /// Attributes, own text and elements as a shape's fields.
  func fields(_ notes: inout Set<SchemaNote>) -> [SchemaField] {
    let own = SchemaName(namespace: "", local: "$")
    var fields = attributes.map(\.field)
    if isMixed {
      var mixed = SchemaField(kind: .text, name: own, least: 0, most: .max, content: .value(.text))
      mixed.remarks = ["text between elements"]
      fields.append(mixed)
    } else if let text {
      fields.append(SchemaField(kind: .text, name: own, least: text.isFree ? 0 : 1, content: .value(text)))
    }
    fields += elements.fields.map { mayBeAbsent ? $0.optional : $0 }
    return fields.map { field in
      var field = field
      if case .value(let value) = field.content {
        notes.formUnion(value.notes)
        if value.mayBeEmpty { field.least = 0 }
        if value.isFree, field.least > 0 { notes.insert(.required) }
      }
      if mayBeAbsent, field.kind == .text { field.least = 0 }
      return field
    }
  }
}
