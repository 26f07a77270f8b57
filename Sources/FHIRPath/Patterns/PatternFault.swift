/// Why a pattern, or a substitution for its matches, can't be read, and where.
struct PatternFault: Error, Equatable {
  /// What is the matter; the words complete "expected …" or "… is not supported".
  enum Problem: Equatable {
    case expected(String)
    case unsupported(String)
    case tooLarge
  }

  let problem: Problem
  /// Unicode scalars from the start of the pattern's or the substitution's text.
  let position: Int
}

extension PatternFault {
  static func expected(_ what: String, at position: Int) -> PatternFault {
    PatternFault(problem: .expected(what), position: position)
  }

  static func unsupported(_ what: String, at position: Int) -> PatternFault {
    PatternFault(problem: .unsupported(what), position: position)
  }
}
