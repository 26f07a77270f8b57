extension Problem {
  /// The line of a mapping that could not be followed.
  public var rule: Place? {
    switch self {
    case .noRowForCode(_, _, _, let rule), .valueDoesNotFit(_, _, _, let rule),
      .valueNotConvertible(_, _, _, let rule), .formulaFailed(_, let rule):
      rule
    case .nothingForRequired(_, _, let rule): rule
    default: nil
    }
  }
}
