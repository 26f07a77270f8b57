extension ShapeDraft {
  /// The draft as the text of a shape file, fields' types aligned within each tree's level as our own files are.
  public var text: String {
    var lines = comments.map { $0.isEmpty ? "#" : "# \($0)" }
    lines.append("shape: \(name)")
    if !title.isEmpty { lines.append("title: \(YAMLScalar.written(title))") }
    lines.append("format: \(format)")
    if !namespaces.isEmpty {
      lines.append("namespaces:")
      lines += namespaces.map { "  \($0.prefix): \(YAMLScalar.written($0.uri))" }
    }
    if !root.isEmpty { lines.append("root: \(root)") }
    if !dialect.isEmpty {
      let words = dialect.map { "\($0.key): \($0.word)" }.joined(separator: ", ")
      lines.append("dialect: {\(words)}")
    }
    if !types.isEmpty { lines.append("types:") }
    for type in types { lines += Self.lines(type.name, type.fields, type.comment, depth: 1) }
    lines += Self.lines("fields", fields, "", depth: 0)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(
    _ key: String, _ fields: [FieldDraft], _ comment: String, depth: Int
  ) -> [String] {
    let margin = String(repeating: "  ", count: depth)
    guard !fields.isEmpty else { return [margin + key + ": {}" + remark(comment)] }
    return [margin + key + ":" + remark(comment)] + fields.flatMap { lines($0, depth: depth + 1) }
  }

  private static func lines(_ field: FieldDraft, depth: Int) -> [String] {
    let key = YAMLScalar.written(key: field.name + field.cardinality.rawValue)
    switch field.content {
    case .fields(let fields): return lines(key, fields, field.comment, depth: depth)
    case .type(let type):
      let margin = String(repeating: "  ", count: depth)
      return [margin + key + ": " + YAMLScalar.written(type) + remark(field.comment)]
    }
  }

  private static func remark(_ comment: String) -> String { comment.isEmpty ? "" : "  # \(comment)" }
}
