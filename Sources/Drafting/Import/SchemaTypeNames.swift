import Mapping

/// Names for the named types of a shape: the schema's, without `Type` at the end where that stays clear.
struct SchemaTypeNames {
  private var names: [SchemaTypeID: String] = [:]

  /// Names some types in the order given.
  init(_ ids: [SchemaTypeID], _ types: [SchemaType], _ prefixes: inout SchemaPrefixes) {
    var taken = Set(ScalarType.keywords)
    let same = Dictionary(grouping: ids) { Self.short(types[$0].name) }
    for id in ids {
      let type = types[id]
      var name = Self.short(type.name)
      if let others = same[name], Set(others.map { types[$0].namespace }).count > 1, others.first != id {
        name += "_" + prefixes.prefix(type.namespace)
      }
      names[id] = Self.free(name, &taken)
    }
  }

  subscript(id: SchemaTypeID) -> String { names[id] ?? "" }

  private static func short(_ name: String) -> String {
    name.hasSuffix("Type") && name.count > 4 ? String(name.dropLast(4)) : name
  }

  /// Shapes' own types are written small.
  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    let name = taken.contains(name) ? name.prefix(1).uppercased() + name.dropFirst() : name
    var free = name
    var number = 1
    while !taken.insert(free).inserted {
      number += 1
      free = name + String(number)
    }
    return free
  }
}
