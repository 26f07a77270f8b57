import Diagnostics
import YAML

// Slices are looked up last, when every type is known.
extension ShapeResolver {
  mutating func resolveSlices(_ source: ShapeSource, root: TypeID?) {
    for use in source.uses where sources[use.text ?? ""] == nil {
      let near = NearNames.of(use.text ?? "", among: sources.keys)
      diagnostics.append(Diagnostic(.unknownShape(name: use.text ?? "", near: near), at: use.place))
    }
    for entry in source.slices {
      for start in starts(of: entry.name, source, root) {
        do throws(Diagnostic) {
          let (type, slice) = try SliceReader(types: types).read(
            entry, from: start.type, skipping: start.skipped)
          try slice.check(among: types[type].slices, entry)
          types[type].slices.append(slice)
        } catch {
          if !diagnostics.contains(error) { diagnostics.append(error) }
        }
      }
    }
  }

  /// Where a path begins: at every form of a named type, or at the shape's root.
  func starts(of path: String, _ source: ShapeSource, _ root: TypeID?) -> [(type: TypeID, skipped: Int)] {
    let first = String(path.prefix { $0 != "." && $0 != "[" })
    let forms = named.filter { $0.key.type == first && $0.key.shape == source.name }.map { ($0.value, 1) }
    return forms.isEmpty ? root.map { [($0, 0)] } ?? [] : forms
  }
}

extension Slice {
  /// A type that stands in several fields has its slices in all of them, so a name can mean one thing only.
  func check(among others: [Slice], _ entry: YAMLNode.Entry) throws(Diagnostic) {
    guard others.contains(where: { $0.name == name && $0.field == field && $0.fixed != fixed }) else {
      return
    }
    throw Diagnostic(.nameTwice(name: name), at: entry.key.place)
  }
}

/// Reads one `path[slice]: {fixed values}` entry against the types.
struct SliceReader {
  let types: [ObjectType]

  private var walk: TypeWalk { TypeWalk(types: types) }

  /// The type that the slice belongs to, and the slice.
  /// - Parameter skipping: how many leading segments only name the start.
  func read(
    _ entry: YAMLNode.Entry, from start: TypeID, skipping: Int
  ) throws(Diagnostic) -> (TypeID, Slice) {
    let path = try PathSource(entry.name, in: entry.key)
    let segments = path.segments.dropFirst(skipping)
    guard let last = segments.last, let name = last.slice else {
      throw Diagnostic(
        .expectedForm(what: "a slice", form: "`field[name]: {field: value}`"), at: entry.key.place)
    }
    let type = try walk.owner(of: segments, from: start, path)
    let field = try walk.field(last, of: type, path)
    guard case .object(let element) = types[type].fields[field].content else {
      throw Diagnostic(
        .expectedForm(what: "a slice", form: "a field that has fields of its own"), at: path.place(of: last))
    }
    return (type, Slice(name: name, field: field, fixed: try fixedValues(entry.value, of: element)))
  }

  private func fixedValues(_ node: YAMLNode, of type: TypeID) throws(Diagnostic) -> [FixedValue] {
    guard let entries = node.entries, !entries.isEmpty else {
      throw Diagnostic(.expectedForm(what: "a slice", form: "`{field: value}`"), at: node.place)
    }
    var fixed: [FixedValue] = []
    for entry in entries {
      let path = try PathSource(entry.name, in: entry.key)
      guard let text = entry.value.text else {
        throw Diagnostic(.expectedForm(what: "a fixed value", form: "a text"), at: entry.value.place)
      }
      try add(text, at: path, path.segments[...], of: type, to: &fixed)
    }
    return fixed.sorted { $0.field < $1.field }
  }

  /// Fixed values given one by one: of a resource.
  func fixedValues(_ values: [HubDeclaration.Fixed], of type: TypeID) throws(Diagnostic) -> [FixedValue] {
    var fixed: [FixedValue] = []
    for value in values {
      try add(value.value, at: value.field, value.field.segments[...], of: type, to: &fixed)
    }
    return fixed.sorted { $0.field < $1.field }
  }

  private func add(
    _ text: String, at path: PathSource, _ rest: ArraySlice<PathSource.Segment>, of type: TypeID,
    to fixed: inout [FixedValue]
  ) throws(Diagnostic) {
    guard let segment = rest.first else { return }
    let field = try walk.field(segment, of: type, path)
    let index = fixed.firstIndex { $0.field == field } ?? fixed.count
    if index == fixed.count { fixed.append(FixedValue(field: field, value: nil, below: [])) }
    switch types[type].fields[field].content {
    case .value:
      guard rest.count == 1 else { throw Diagnostic(.notAValue(path: path.text, fields: []), at: path.place) }
      fixed[index].value = text
    case .object(let next):
      guard rest.count > 1 else {
        throw Diagnostic(
          .notAValue(path: segment.name, fields: types[next].fields.map(\.name)), at: path.place(of: segment))
      }
      try add(text, at: path, rest.dropFirst(), of: next, to: &fixed[index].below)
    }
  }
}
