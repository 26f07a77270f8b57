// What a line under `both` needs of its table.
extension CodeTable {
  /// A code that does not come back as itself, or as another that means the same.
  struct Broken {
    let code: String
    /// What it becomes, and what that becomes on the way back; `nil` when the table has no row for it.
    let through: String
    let back: String?
    let direction: Direction
    let row: Row
  }

  /// The first code, of either direction, for which there is no way back.
  ///
  /// A row for one direction may give a code that comes back as another, as long as that one means the same: what it
  /// becomes in turn must be the same. Rows for both directions give each code back as it was.
  var firstBroken: Broken? {
    broken(.in) ?? broken(.out) ?? patternTakes(.in) ?? patternTakes(.out)
  }

  private func broken(_ direction: Direction) -> Broken? {
    for row in rows(direction) where !row.source(direction).isEmpty && !row.target(direction).isEmpty {
      let (code, through) = (row.source(direction), row.target(direction))
      let back = target(of: through, direction.opposite)
      if back.flatMap({ target(of: $0, direction) }) == through { continue }
      return Broken(code: code, through: through, back: back, direction: direction, row: row)
    }
    return nil
  }

  /// A code that only the pattern takes, and that becomes what a row makes of another code.
  private func patternTakes(_ direction: Direction) -> Broken? {
    guard let pattern = pattern(direction), self.pattern(direction.opposite) != nil else { return nil }
    for row in rows(direction.opposite) where !row.source(direction.opposite).isEmpty {
      let through = row.source(direction.opposite)
      guard let code = Self.replace(through, pattern.target(direction), by: pattern.source(direction)),
        code != row.target(direction.opposite),
        !rows(direction).contains(where: { $0.source(direction) == code })
      else { continue }
      return Broken(
        code: code, through: through, back: row.target(direction.opposite), direction: direction, row: pattern
      )
    }
    return nil
  }

  /// What a code becomes; `nil` when no row is for it.
  func target(of code: String, _ direction: Direction) -> String? {
    let row = rows.first { !$0.isPattern && $0.source(direction) == code && $0.serves(direction) }
    if let row { return row.target(direction) }
    return pattern(direction).flatMap { Self.replace(code, $0.source(direction), by: $0.target(direction)) }
  }

  /// A text that fits one pattern, written as another has it.
  private static func replace(_ text: String, _ pattern: String, by other: String) -> String? {
    let (old, new) = (parts(pattern), parts(other))
    guard text.hasPrefix(old.before), text.dropFirst(old.before.count).hasSuffix(old.after) else {
      return nil
    }
    let middle = text.dropFirst(old.before.count).dropLast(old.after.count)
    return new.before + middle + new.after
  }

  private static func parts(_ pattern: String) -> (before: String, after: String) {
    let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : "")
  }
}

extension Direction {
  var opposite: Direction { self == .in ? .out : .in }
}
