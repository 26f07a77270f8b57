public import Diagnostics

/// What the population register answers of one person: an entry of the document `billing/register`, as the mapping
/// of that name writes it from the register's message.
public struct RegisterAnswer: Sendable, Equatable {
  /// The mapping that writes what the register answered.
  public static let mapping = "billing/register"

  /// The person's number, with all its digits.
  public let number: String
  /// The county code of the place where the person is registered; empty where the register tells none.
  public let county: String
  /// The municipality code, four digits; likewise.
  public let municipality: String
  /// Since which day; empty where the register tells none: then since the day of the answer.
  public let since: String
  /// When the register ceased to follow the person, who moved abroad or died; empty where it follows them.
  public let until: String
  /// Whether the person's identity is protected.
  public let isProtected: Bool

  /// The answers of a document.
  /// - Throws: what makes it unreadable.
  public static func read(_ document: [UInt8]) throws(Diagnostic) -> [RegisterAnswer] {
    try JSONList.read("persons", of: document, named: mapping).map(RegisterAnswer.init)
  }

  private init(_ person: [String: String]) {
    func text(_ name: String) -> String { person[name] ?? "" }
    number = text("number")
    county = text("county")
    municipality = text("municipality")
    since = CalendarDay(text("since"))?.description ?? ""
    until = CalendarDay(text("until"))?.description ?? ""
    isProtected = text("isProtected") == "true"
  }
}
