import Diagnostics
import YAML

// Choice elements are looked up when every type is known.
extension ShapeResolver {
  mutating func resolveChoices(_ source: ShapeSource, root: TypeID?) {
    for node in source.choices {
      for start in starts(of: node.text ?? "", source, root) {
        do throws(Diagnostic) {
          let choice = try ChoiceReader(types: types, typeNames: typeNames).read(
            node, from: start.type, skipping: start.skipped)
          types[choice.type].choices[choice.name] = choice.fields
        } catch {
          if !diagnostics.contains(error) { diagnostics.append(error) }
        }
      }
    }
  }
}

/// Reads one name of a choice element, `value` or `component.value`, against the types.
private struct ChoiceReader {
  let types: [ObjectType]
  let typeNames: TypeNames

  /// The type that the choice belongs to, its name and the fields that it stands for.
  /// - Parameter skipping: how many leading segments only name the start.
  func read(
    _ node: YAMLNode, from start: TypeID, skipping: Int
  ) throws(Diagnostic) -> (type: TypeID, name: String, fields: [Int]) {
    let path = try PathSource(node.text ?? "", in: node)
    let segments = path.segments.dropFirst(skipping)
    guard let last = segments.last, last.slice == nil else {
      throw Diagnostic(
        .expectedForm(what: "a choice", form: "what its fields' names begin with"), at: node.place)
    }
    let walk = TypeWalk(types: types)
    let type = try walk.owner(of: segments, from: start, path)
    let fields = types[type].fields.indices.filter { beginning(of: types[type].fields[$0]) == last.name }
    guard !fields.isEmpty else {
      let names = types[type].fields.compactMap(beginning)
      throw walk.unknown(last, of: type, path, among: names)
    }
    return (type, last.name, fields)
  }

  /// `value` of the field `valueDateTime` that holds a `dateTime`; `nil` when the name does not end so.
  private func beginning(of field: Field) -> String? {
    let type = typeNames.name(of: field, among: types)
    let ending = type.prefix(1).uppercased() + type.dropFirst()
    return field.name.hasSuffix(ending) ? String(field.name.dropLast(ending.count)) : nil
  }
}
