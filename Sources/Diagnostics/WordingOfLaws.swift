extension Problem {
  var lawWording: Wording? {
    switch self {
    case .lawBroken(let way, let expected, let found, let reason, let document):
      Wording(
        "this line does not survive the way \(way)",
        reason ?? "\(shown(expected)) comes back as \(shown(found))",
        help: "the smallest document that shows it:\n\(document)")
    case .nothingProven(let mapping, let way, let reason):
      Wording(
        "nothing is proven of `\(mapping)` \(way): all that was made was refused", reason,
        help: "what every document lacks must come from `in`, `out` or a fixed value")
    case .lineNeverReached(let path):
      Wording(
        "no document reached this line", "`\(path)` was never read",
        help: "more documents may (`--runs`); else its slice or table lets nothing through")
    case .readsAnother(let path, let other, let example, let document):
      Wording(
        "on the way back `\(path)` may take what `\(other)` wrote", "not told apart from `\(other)`",
        help: "for example \(example)", document.map { "this document does not come back:\n\($0)" },
        "tell them apart by fixed values that differ")
    default: nil
    }
  }
}

private func shown(_ value: String?) -> String { value.map { "`\($0)`" } ?? "nothing" }
