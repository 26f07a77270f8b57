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

extension PatternFault {
  /// What a diagnostic expects in its place.
  var expectation: String {
    switch problem {
    case .expected(let what): "\(what), at character \(position + 1) of the regular expression"
    case .unsupported(let what): "a regular expression without \(what), at its character \(position + 1)"
    case .tooLarge: "a smaller regular expression"
    }
  }
}
