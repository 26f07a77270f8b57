import Diagnostics

/// Follows the paths that shape files write through their types.
struct TypeWalk {
  let types: [ObjectType]

  /// The type that has the path's last segment as a field.
  /// - Parameter segments: the path's segments below `start`.
  func owner(
    of segments: ArraySlice<PathSource.Segment>, from start: TypeID, _ path: PathSource
  ) throws(Diagnostic) -> TypeID {
    var type = start
    for segment in segments.dropLast() {
      guard case .object(let next) = types[type].fields[try field(segment, of: type, path)].content else {
        throw Diagnostic(.notAValue(path: segment.name, fields: []), at: path.place(of: segment))
      }
      type = next
    }
    return type
  }

  /// The index of the field that a segment names.
  func field(
    _ segment: PathSource.Segment, of type: TypeID, _ path: PathSource
  ) throws(Diagnostic) -> Int {
    if let index = types[type].index(of: segment.name) { return index }
    throw unknown(segment, of: type, path, among: types[type].fields.map(\.name))
  }

  /// What to say of a segment that names nothing.
  func unknown(
    _ segment: PathSource.Segment, of type: TypeID, _ path: PathSource, among names: [String]
  ) -> Diagnostic {
    let near = NearNames.of(segment.name, among: names)
    return Diagnostic(
      .unknownPath(segment: segment.name, inside: types[type].name, shape: types[type].shape, near: near),
      at: path.place(of: segment))
  }
}
