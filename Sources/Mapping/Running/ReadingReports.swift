import Diagnostics
import Documents

// What can be wrong with a message; all of it off the usual path.
extension Workspace {
  @inline(never)
  mutating func reportKind(_ node: NodeID, _ expected: String, _ checks: Bool) {
    guard checks else { return }
    let path = path(of: node)
    report(
      .wrongKind(path: path, expected: expected, found: forest[node].kind.noun), at: forest[node].offset,
      path: path)
  }

  @inline(never)
  mutating func reportRepeated(_ node: NodeID) {
    report(.repeatedField(path: path(of: node)), at: forest[node].offset)
  }

  @inline(never)
  mutating func reportUnknown(_ node: NodeID, _ type: Int, _ binding: Binding) {
    let owner = binding.library.types[type]
    let written = String(decoding: forest.localName(forest[node].name), as: UTF8.self)
    let near = NearNames.of(written, among: owner.fields.map(\.name))
    let path = path(of: node)
    report(.unknownField(path: path, shape: owner.shape, near: near), at: forest[node].offset, path: path)
  }

  @inline(never)
  mutating func reportInvalid(_ node: NodeID, _ binding: Binding) {
    let path = path(of: node)
    let type = scalarType(of: node, binding)
    report(
      .invalidValue(path: path, type: type.description, rule: type.rule), at: forest[node].offset, path: path)
  }

  /// The path of a field that is not there.
  private func join(_ parent: String, _ name: String) -> String {
    if message.isHL7v2 { return HL7v2Path.join(parent, name) }
    return parent.isEmpty ? name : "\(parent).\(name)"
  }

  /// The type of a value as its shape writes it, found by walking down from the root again.
  private func scalarType(of node: NodeID, _ binding: Binding) -> ScalarType {
    var type = message.rootType
    var current = message.root
    while current != node {
      var child = current + 1
      while child < forest[current].end, forest[child].end <= node { child = forest[child].end }
      guard child < forest[current].end else { return .any }
      if forest[child].name != NameTable.unnamed {
        guard let field = binding.library.types[type].fields.first(where: { $0.id == forest[child].name })
        else { return .any }
        switch field.content {
        case .object(let next): type = next
        case .value(let scalar): return scalar
        }
      }
      current = child
    }
    let own = binding.library.types[type].fields.first { $0.name == "$" }?.content
    if case .value(let scalar)? = own { return scalar }
    return .any
  }

  @inline(__always)
  mutating func checkRequired(
    _ node: NodeID, _ type: Int, _ record: TableEntry<ShapeTables.TypeRecord>, _ seen: UInt64,
    _ binding: Binding
  ) {
    if record.required & ~seen != 0 || record.fieldCount > 64 { reportMissing(node, type, seen, binding) }
  }

  /// Whether something stands under a name: empty texts count as absent.
  private func isFilled(_ name: NameID, of node: NodeID) -> Bool {
    forest.children(node).contains { child in
      let record = forest[child]
      guard record.name == name, record.kind != .null else { return false }
      return record.kind == .object
        || (record.kind == .array ? record.end > child + 1 : record.text.length > 0)
    }
  }

  @inline(never)
  private mutating func reportMissing(_ node: NodeID, _ type: Int, _ seen: UInt64, _ binding: Binding) {
    let owner = binding.library.types[type]
    for (index, field) in owner.fields.enumerated() where field.cardinality.isRequired {
      let isSeen = index < 64 ? seen & 1 << UInt64(index) != 0 : isFilled(field.id, of: node)
      if isSeen { continue }
      let parent = path(of: node)
      let path = join(parent, field.name)
      report(.missingField(path: path, shape: owner.shape), at: forest[node].offset, path: path)
    }
  }
}
