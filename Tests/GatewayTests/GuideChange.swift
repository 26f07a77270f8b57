/// Lines of a file that become others.
struct GuideChange {
  var old: [String] = []
  var new: [String] = []

  struct NoSuchLines: Error, CustomStringConvertible {
    let description: String
  }

  static func all(in diff: [String]) -> [GuideChange] {
    diff.split(separator: "…").map { lines in
      var change = GuideChange()
      for line in lines {
        if !line.hasPrefix("+") { change.old.append(String(line.dropFirst())) }
        if !line.hasPrefix("-") { change.new.append(String(line.dropFirst())) }
      }
      return change
    }
  }

  /// - Throws: ``NoSuchLines`` when the old lines do not stand in the file, or at several places.
  func apply(to text: String) throws -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let places = lines.indices.filter { lines[$0...].starts(with: old) }
    guard places.count == 1, let place = places.first else {
      throw NoSuchLines(
        description: "these lines stand \(places.count) times in the file:\n" + old.joined(separator: "\n"))
    }
    return (lines[..<place] + new + lines[(place + old.count)...]).joined(separator: "\n")
  }
}
