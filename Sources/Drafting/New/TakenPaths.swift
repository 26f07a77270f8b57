/// Which places in the hub lines have taken already.
struct TakenPaths {
  private var paths: Set<String> = []
  /// How each repetition is told apart: by slices, or by its place.
  private var selections: [String: Bool] = [:]

  /// Keeps a repetition that a reference goes through.
  mutating func reserve(_ path: String, of type: String) {
    let first = path.prefix { $0 != "." }
    let field = "\(type).\(first.prefix { $0 != "[" })"
    selections[field] = !first.hasSuffix("[first]")
    paths.insert("\(type).\(path)")
  }

  /// `false` when the place is taken, or the first element of what slices tell apart already, or the other
  /// way round.
  mutating func take(_ path: HubPath) -> Bool {
    let whole = "\(path.resource).\(path.text)"
    let field = "\(path.resource).\(path.head.field)"
    let isSliced = path.head.selector != "first"
    if !path.head.selector.isEmpty, let known = selections[field], known != isSliced { return false }
    guard paths.insert(whole).inserted else { return false }
    if !path.head.selector.isEmpty { selections[field] = isSliced }
    return true
  }
}
