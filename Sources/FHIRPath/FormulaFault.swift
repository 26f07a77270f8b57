import Diagnostics

/// Why a formula can't be read, checked or answered, and which part of it is at fault.
public struct FormulaFault: Error, Sendable, Equatable {
  /// What is the matter.
  public let problem: Problem
  /// The part at fault: characters (Unicode scalars) from the start of the formula's text.
  public let range: Range<Int>

  /// Puts a problem at a part of the formula.
  public init(_ problem: Problem, at range: Range<Int>) {
    self.problem = problem
    self.range = range
  }
}

extension FormulaFault {
  static func expected(_ what: String, at range: Range<Int>) -> FormulaFault {
    FormulaFault(.formulaSyntax(expected: what), at: range)
  }

  static func type(_ found: String, expected: String, at range: Range<Int>) -> FormulaFault {
    FormulaFault(.formulaType(expected: expected, found: found), at: range)
  }
}
