import Mapping

/// Names for the named types of a shape: the schema's, without `Type` at the end where that stays clear.
struct SchemaTypeNames {
  private var names: [SchemaTypeID: String] = [:]

  /// Names some types in the order given.
  init(_ ids: [SchemaTypeID], _ types: [SchemaType], _ prefixes: inout SchemaPrefixes) {
    var taken = Set(ScalarType.keywords)
    let whole = Set(ids.map { types[$0].name })
    let wanted = ids.map { id in
      let short = Self.short(types[id].name)
      return whole.contains(short) ? types[id].name : short
    }
    for (index, id) in ids.enumerated() {
      let isSecond = wanted[..<index].contains(wanted[index])
      let isElsewhere =
        isSecond
        && zip(wanted, ids).contains {
          $0 == wanted[index] && types[$1].namespace != types[id].namespace
        }
      let suffix = isElsewhere ? "_" + prefixes.prefix(types[id].namespace) : ""
      names[id] = Self.free(wanted[index] + suffix, &taken)
    }
  }

  subscript(id: SchemaTypeID) -> String { names[id] ?? "" }

  private static func short(_ name: String) -> String {
    name.hasSuffix("Type") && name.count > 4 ? String(name.dropLast(4)) : name
  }

  /// Shapes' own types are written small.
  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    let isOurs = ScalarType.keywords.contains(name)
    let name = isOurs ? name.prefix(1).uppercased() + name.dropFirst() : name
    var free = name
    var number = 1
    while !taken.insert(free).inserted {
      number += 1
      free = name + String(number)
    }
    return free
  }
}
