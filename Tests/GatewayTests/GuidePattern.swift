/// What an article shows of a command's answer; `…` stands for any lines, or within a line for any part of it.
struct GuidePattern {
  let shown: [String]

  /// The first line that is not as shown, counted from 0, or `nil` when all is; `shown.count` when more is printed.
  func difference(from printed: [String]) -> Int? {
    var furthest = 0
    return matches(shown[...], printed[...], &furthest) ? nil : furthest
  }

  private func matches(
    _ shown: ArraySlice<String>, _ printed: ArraySlice<String>, _ furthest: inout Int
  ) -> Bool {
    furthest = max(furthest, shown.startIndex)
    guard let first = shown.first else { return printed.isEmpty }
    if first.drop(while: { $0 == " " }) == "…" {
      return (printed.startIndex...printed.endIndex).contains {
        matches(shown.dropFirst(), printed[$0...], &furthest)
      }
    }
    guard let line = printed.first, Self.fits(line, first) else { return false }
    return matches(shown.dropFirst(), printed.dropFirst(), &furthest)
  }

  private static func fits(_ line: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last else { return line == pattern }
    guard line.hasPrefix(parts[0]) else { return false }
    var rest = line.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
