/// Something a person should know about a file or a message: what, where, and the way out.
///
/// The facts are in ``problem``; their wording is in one place, ``Problem/wording``.
public struct Diagnostic: Error, Sendable, Equatable {
  /// How serious it is.
  public enum Severity: String, Sendable {
    /// The file or message can't be used.
    case error
    /// It can be used, but somebody should look.
    case warning
  }

  /// A second place that belongs to the story, such as the first of two duplicates.
  public struct Label: Sendable, Equatable {
    /// Where it is.
    public let place: Place
    /// What it says about the problem, a few words.
    public let text: String

    /// Labels a place.
    public init(_ place: Place, _ text: String) {
      self.place = place
      self.text = text
    }
  }

  /// What is the matter.
  public let problem: Problem
  /// Where.
  public var place: Place
  /// Other places that belong to it.
  public var labels: [Label]

  /// Makes a diagnostic; its severity follows from the problem's code.
  public init(_ problem: Problem, at place: Place, labels: [Label] = []) {
    self.problem = problem
    self.place = place
    self.labels = labels
  }

  /// The problem's code.
  public var code: DiagnosticCode { problem.code }

  /// The problem's severity.
  public var severity: Severity { code.isWarning ? .warning : .error }
}

/// One or several diagnostics, thrown together.
public struct DiagnosticError: Error, Sendable, Equatable {
  /// At least one.
  public let diagnostics: [Diagnostic]

  /// Collects diagnostics into an error.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}
