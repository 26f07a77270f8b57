import Diagnostics

/// Looks a path's segments up in the shapes.
struct PathResolver {
  let library: ShapeLibrary
  /// Slices that the mapping itself declares, by type.
  let ownSlices: [TypeID: [Slice]]

  /// The steps of a path below something, and what stands at its end.
  /// - Parameter skipping: how many leading segments are no fields (the name of a hub resource).
  func steps(_ path: PathSource, below start: FieldContent, skipping: Int) throws(Diagnostic) -> (
    [Step], FieldContent
  ) {
    var content = start
    var steps: [Step] = []
    let segments = path.segments.dropFirst(skipping)
    if segments.count == 1, segments.first?.name == "$", case .value = content { return ([], content) }
    for (index, segment) in segments.enumerated() {
      guard case .object(let type) = content else {
        throw unknown(segment, path, inside: library.describe(content), shape: "", among: [])
      }
      let isLast = index == segments.count - 1
      let step = try step(segment, of: type, path, isAll: path.isEach && isLast)
      content = library.types[type].fields[step.field].content
      steps.append(step)
    }
    return (steps, content)
  }

  /// The steps to what a fragment stands for: a path, or `$`, the element itself.
  func included(_ path: PathSource, below start: FieldContent) throws(Diagnostic) -> ([Step], FieldContent) {
    if path.text == "$", case .object = start { return ([], start) }
    return try steps(path, below: start, skipping: 0)
  }

  private func step(
    _ segment: PathSource.Segment, of type: TypeID, _ path: PathSource, isAll: Bool
  ) throws(Diagnostic) -> Step {
    let owner = library.types[type]
    guard let field = owner.index(of: segment.name) else {
      throw unknown(segment, path, inside: owner.name, shape: owner.shape, among: owner.fields.map(\.name))
    }
    let repeats = owner.fields[field].cardinality.repeats
    if !repeats, isAll || segment.slice == "first" {
      throw Diagnostic(.notARepetition(path: segment.name), at: path.place(of: segment))
    }
    return Step(
      field: field, owner: type, selector: try selector(segment, owner, type, field, path, repeats, isAll))
  }

  private func selector(
    _ segment: PathSource.Segment, _ owner: ObjectType, _ type: TypeID, _ field: Int, _ path: PathSource,
    _ repeats: Bool, _ isAll: Bool
  ) throws(Diagnostic) -> Selector {
    guard repeats || segment.slice != nil else { return .only }
    let known =
      owner.slices.filter { $0.field == field } + (ownSlices[type] ?? []).filter { $0.field == field }
    guard let name = segment.slice else {
      if isAll { return .all(nil) }
      throw Diagnostic(
        .repetitionInPath(segment: segment.name, slices: known.map(\.name)), at: path.place(of: segment))
    }
    if name == "first", !isAll { return .first }
    guard let slice = known.last(where: { $0.name == name }) else {
      let near = NearNames.of(name, among: known.map(\.name))
      throw Diagnostic(
        .unknownSlice(slice: name, field: segment.name, near: near), at: path.place(of: segment))
    }
    return isAll ? .all(slice) : .slice(slice)
  }

  private func unknown(
    _ segment: PathSource.Segment, _ path: PathSource, inside: String, shape: String, among names: [String]
  ) -> Diagnostic {
    let near = NearNames.of(segment.name, among: names)
    return Diagnostic(
      .unknownPath(segment: segment.name, inside: inside, shape: shape, near: near),
      at: path.place(of: segment))
  }
}
