/// Paths of files that other files name.
enum RelativePath {
  /// Where a location leads from a file: `../core/types.xsd` in `a/b/c.xsd` is `a/core/types.xsd`.
  static func resolve(_ location: String, from file: String) -> String {
    let location = location.replacing("\\", with: "/").replacing("%20", with: " ")
    guard !location.hasPrefix("/") else { return location }
    var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
    for part in location.split(separator: "/").map(String.init) where part != "." {
      if part == "..", let last = parts.last, last != "..", !last.isEmpty {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
