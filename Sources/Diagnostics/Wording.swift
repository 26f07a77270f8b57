/// How a problem is told: the headline, the words under the caret, and the way out.
public struct Wording: Sendable, Equatable {
  /// One sentence without a full stop.
  public let title: String
  /// What stands at the caret; may be empty.
  public let label: String
  /// What to do about it, a line each.
  public let help: [String]

  init(_ title: String, _ label: String = "", help: String?...) {
    self.title = title
    self.label = label
    self.help = help.compactMap { $0 }
  }
}

/// `a, b or c`; long lists are cut.
func listed(_ names: [String], most: Int = 12, last word: String = "or") -> String {
  guard names.count > 1 else { return names.first ?? "nothing" }
  if names.count > most { return names.prefix(most).joined(separator: ", ") + " … (\(names.count) in all)" }
  return names.dropLast().joined(separator: ", ") + " \(word) " + (names.last ?? "")
}

func didYouMean(_ near: [String]) -> String? {
  near.isEmpty ? nil : "did you mean \(listed(near.map { "`\($0)`" }))?"
}

func writtenBy(_ rule: Place?) -> String? {
  rule.map { "the rule is at \($0.file):\($0.line)" }
}

extension Problem {
  /// The problem in words: the only place where words are.
  public var wording: Wording {
    readingWording ?? messageWording ?? translationWording ?? fileWording ?? mappingWording ?? lawWording
      ?? tableWording
      ?? formulaWording ?? caseWording ?? billingWording
      ?? Wording(code.rawValue)
  }
}
