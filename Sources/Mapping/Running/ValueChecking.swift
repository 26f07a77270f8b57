import Diagnostics
import Documents

extension Workspace {
  /// Checks a value against its rule; `false` when it counts as absent.
  @inline(__always)
  mutating func accept(_ node: NodeID, _ rule: ValueRule, _ binding: Binding, checks: Bool) -> Bool {
    if rule.kind == .any { return true }
    var record = forest[node]
    if binding.isXML, !rule.keepsSpace { record = trimmed(node, record, rule) }
    if record.kind == .object { return acceptObject(node, rule, binding, checks: checks) }
    if record.text.length == 0 { return false }
    guard checks else { return true }
    let wanted = binding.isXML ? .string : rule.jsonKind
    guard record.kind == wanted else {
      reportKind(node, wanted.noun, true)
      return true
    }
    let isValid = forest.text.withElements {
      binding.rules.accept(UnsafeBufferPointer(rebasing: $0[record.text.indices]), rule)
    }
    if !isValid { reportInvalid(node, binding) }
    return true
  }

  /// An object in a value's place: in XML an element that has attributes which no shape names, such as `xsi:type`; else a
  /// mistake, unless nothing stands in it.
  @inline(never)
  private mutating func acceptObject(
    _ node: NodeID, _ rule: ValueRule, _ binding: Binding, checks: Bool
  ) -> Bool {
    let children = forest.children(node)
    let elements = children.filter { forest.firstByte(ofName: forest[$0].name) != UInt8(ascii: "$") }
    guard binding.isXML, elements.isEmpty else {
      if !children.isEmpty { reportKind(node, binding.isXML ? "text alone" : rule.jsonKind.noun, checks) }
      return !children.isEmpty
    }
    guard let own = children.first(where: { forest.localName(forest[$0].name).count == 1 }),
      accept(own, rule, binding, checks: checks)
    else { return false }
    forest[node].text = forest[own].text
    return true
  }

  /// White space around XML values other than texts means nothing; booleans, numbers and base64 are brought
  /// to our form of them.
  @inline(never)
  private mutating func trimmed(_ node: NodeID, _ record: Node, _ rule: ValueRule) -> Node {
    guard record.kind == .string else { return record }
    var record = record
    let (range, plain) = forest.text.withElements { bytes -> (TextRange, [UInt8]?) in
      var range = record.text.indices
      while let first = range.first, bytes[first] <= 0x20 { range = first + 1..<range.upperBound }
      while let last = range.last, bytes[last] <= 0x20 { range = range.lowerBound..<last }
      let text = UnsafeBufferPointer(rebasing: bytes[range])
      return (
        TextRange(start: range.lowerBound, length: range.count), XMLSchemaSyntax.plain(text, rule.kind)
      )
    }
    record.text = plain.map { forest.append($0) } ?? range
    forest[node] = record
    return record
  }

  /// An object's place taken by a text: in XML an element without attributes and children.
  mutating func bindText(
    _ node: NodeID, _ record: Node, _ type: Int, _ read: Int32, _ frame: Int, _ binding: Binding,
    checks: Bool
  ) {
    let typeRecord = binding.types.entry(type)
    guard binding.isXML, record.kind == .string else { return reportKind(node, "an object", checks) }
    var seen: UInt64 = 0
    if typeRecord.ownText >= 0 {
      let field = binding.fields.entry(Int(typeRecord.firstField + typeRecord.ownText))
      if accept(node, field.rule, binding, checks: checks) { seen |= 1 << UInt64(typeRecord.ownText) }
      bindOwnText(node, typeRecord, read, frame, binding)
    } else if record.text.length > 0, checks, !isBlank(record.text) {
      return reportKind(node, "an element with elements in it", checks)
    }
    if checks { checkRequired(node, type, typeRecord, seen, binding) }
  }

  private mutating func bindOwnText(
    _ node: NodeID, _ type: TableEntry<ShapeTables.TypeRecord>, _ read: Int32, _ frame: Int,
    _ binding: Binding
  ) {
    guard read >= 0, forest[node].text.length > 0 else { return }
    let first = binding.nodes.entry(Int(read)).firstEdge
    guard first >= 0 else { return }
    let edge = binding.edgeOfField[Int(first + type.ownText)]
    guard edge >= 0 else { return }
    let cell = binding.nodes[Int(binding.edges.entry(Int(edge)).node)].cell
    if cell >= 0 { cells[frame + Int(cell)] = node }
  }

  private func isBlank(_ range: TextRange) -> Bool {
    forest.text.withElements { $0[range.indices].allSatisfy { $0 <= 0x20 } }
  }
}

extension NodeKind {
  /// How a diagnostic calls it.
  var noun: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "true or false"
    case .null: "null"
    }
  }
}
