import Documents

/// The numbers of the names `1`, `2`, `3` …, which fields, components and sub-components are called by.
struct PositionNames: Sendable {
  private let known: [NameID?]

  init(_ names: NameTable) {
    known = (0..<200).map { names.find(String($0)) }
  }

  @inline(__always)
  func name(_ position: Int, in forest: inout Forest) -> NameID {
    if position < known.count, let name = known[position] { return name }
    return forest.intern(String(position))
  }
}
