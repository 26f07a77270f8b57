import Mapping

/// What stands in required fields of the hub until somebody says better.
struct Placeholders {
  let library: ShapeLibrary
  let knowledge: DraftingKnowledge

  /// A line for a required field.
  /// - Parameter path: as diagnostics tell it, below the resource: without `[first]`.
  /// - Returns: the path as lines write it, down to a value, and a formula.
  func line(for path: String, of resource: String) -> (path: String, formula: String)? {
    guard let shape = library.resource(resource) else { return nil }
    var type = shape.root
    var written: [String] = []
    var plain = [resource]
    var scalar: ScalarType?
    for segment in path.split(separator: ".").map(String.init) {
      let name = String(segment.prefix { $0 != "[" })
      guard let field = library.types[type].fields.first(where: { $0.name == name }) else { return nil }
      plain.append(name)
      written.append(segment.contains("[") ? segment : step(field))
      switch field.content {
      case .object(let next): type = next
      case .value(let found): scalar = found
      }
    }
    if scalar == nil {
      for field in leaf(of: type, plain, depth: 0) ?? [] {
        written.append(step(field))
        plain.append(field.name)
        if case .value(let found) = field.content { scalar = found }
      }
    }
    guard let scalar else { return nil }
    return (written.joined(separator: "."), formula(plain.joined(separator: "."), scalar))
  }

  private func step(_ field: Field) -> String {
    field.cardinality.repeats ? field.name + "[first]" : field.name
  }

  /// The way to the value that an object needs most: one that a default is for, a required one, a code, a
  /// text.
  private func leaf(of type: TypeID, _ path: [String], depth: Int) -> [Field]? {
    let fields = library.types[type].fields.filter { !knowledge.skipped.contains($0.name) }
    let prefix = path.joined(separator: ".") + "."
    let values = fields.filter { if case .value = $0.content { true } else { false } }
    let best =
      values.first { knowledge.defaults[prefix + $0.name] != nil } ?? values.first(
        where: \.cardinality.isRequired)
      ?? values.first { $0.content == .value(.code([])) } ?? values.first { $0.content == .value(.text) }
    if let best { return [best] }
    let objects = fields.sorted { $0.cardinality.isRequired && !$1.cardinality.isRequired }
    for field in objects where depth < 3 {
      guard case .object(let next) = field.content,
        let below = leaf(of: next, path + [field.name], depth: depth + 1)
      else { continue }
      return [field] + below
    }
    return values.first.map { [$0] }
  }

  private func formula(_ path: String, _ type: ScalarType) -> String {
    if let known = knowledge.defaults[path], type.accepts(known) { return "= '\(known)'" }
    switch type {
    case .code(let codes) where !codes.isEmpty:
      return "= '\(codes.contains("unknown") ? "unknown" : codes[0])'"
    case .instant: return "= %received"
    case .boolean: return "= false"
    case .integer, .decimal: return "= 0"
    case .uri: return "= 'urn:unknown'"
    case .date: return "= '1900-01-01'"
    default: return "= 'unknown'"
    }
  }
}
