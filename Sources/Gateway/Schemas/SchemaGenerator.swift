import Mapping

/// Makes a JSON Schema (draft-07) of key tables.
struct SchemaGenerator {
  private typealias Members = [(name: String, value: JSONTree)]

  private var known: Set<String> = []
  private var definitions: Members = []

  /// The schema of a file that has the keys of one of the tables.
  static func schema(_ tables: [KeyTable], title: String) -> JSONTree {
    var generator = SchemaGenerator()
    let head: Members = [
      ("$schema", .text("http://json-schema.org/draft-07/schema#")), ("title", .text(title)),
    ]
    let file = generator.members(of: tables)
    return .object(head + file + [("definitions", .object(generator.definitions))])
  }

  private mutating func members(of tables: [KeyTable]) -> Members {
    var properties: Members = []
    for key in tables.flatMap(\.keys) where !properties.contains(where: { $0.name == key.name }) {
      properties.append((key.name, .object([("description", .text(key.text))] + members(of: key.form))))
    }
    let required = tables.map { ("required", JSONTree.texts($0.required)) }
    return [
      ("type", .text("object")), ("properties", .object(properties)),
      required.count == 1 ? required[0] : ("oneOf", .array(required.map { .object([$0]) })),
      ("additionalProperties", .boolean(false)),
    ]
  }

  private mutating func schema(_ form: KeyForm) -> JSONTree { .object(members(of: form)) }

  private mutating func members(of form: KeyForm) -> Members {
    switch form {
    case .text: return [("type", .texts(["string", "number", "boolean"]))]
    case .matching(let pattern): return members(of: pattern)
    case .number: return [("type", .text("integer")), ("minimum", .number(0))]
    case .boolean: return [("type", .text("boolean"))]
    case .choice(let words): return [("enum", .texts(words))]
    case .list(let item):
      let one = schema(item)
      return [("anyOf", .array([.object([("type", .text("array")), ("items", one)]), one]))]
    case .map(let rows, let mayBeEmpty): return members(of: rows, mayBeEmpty)
    case .block(let table): return members(of: [table])
    case .nothing: return [("type", .text("null"))]
    case .either(let forms):
      var schemas: [JSONTree] = []
      for form in forms { schemas.append(schema(form)) }
      return [("anyOf", .array(schemas))]
    case .shared(let shared): return reference(to: shared)
    }
  }

  /// In draft-07 nothing may stand beside `$ref`, hence the `allOf`.
  private mutating func reference(to shared: SharedForm) -> Members {
    if known.insert(shared.rawValue).inserted {
      let schema = schema(shared.form)
      definitions.append((shared.rawValue, schema))
    }
    return [("allOf", .array([.object([("$ref", .text("#/definitions/\(shared.rawValue)"))])]))]
  }

  private mutating func members(of rows: [MapRow], _ mayBeEmpty: Bool) -> Members {
    var patterns: Members = []
    for row in rows { patterns.append((row.names.expression, schema(row.form))) }
    return [
      ("type", mayBeEmpty ? .texts(["object", "null"]) : .text("object")),
      ("patternProperties", .object(patterns)), ("additionalProperties", .boolean(false)),
    ]
  }

  private func members(of pattern: TextPattern) -> Members {
    let text: Members = [("type", .text("string")), ("pattern", .text(pattern.expression))]
    guard !pattern.suggestions.isEmpty else { return text }
    return [("anyOf", .array([.object([("enum", .texts(pattern.suggestions))]), .object(text)]))]
  }
}
