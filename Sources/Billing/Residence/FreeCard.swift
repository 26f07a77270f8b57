public import Diagnostics

/// What the register of free cards (frikort) tells of one card: an entry of the document `billing/free-card`, as the
/// mapping of that name writes it from the register's message.
public struct FreeCard: Sendable, Equatable {
  /// The mapping that writes what the register told.
  public static let mapping = "billing/free-card"

  /// What makes the card one.
  public let id: String
  /// The numbers of those whom it frees of fees; siblings may share one.
  public let holders: [String]
  /// From when it holds, in Swedish time without offset; empty while fees only count.
  public let from: String
  /// Until when; empty for ever.
  public let until: String

  /// The cards of a document.
  /// - Throws: what makes it unreadable.
  public static func read(_ document: [UInt8]) throws(Diagnostic) -> [FreeCard] {
    try JSONList.read("cards", of: document, named: mapping).map(FreeCard.init)
  }

  private init(_ card: [String: String]) {
    id = card["id"] ?? ""
    holders = (card["holders"] ?? "").split(separator: " ").map(String.init)
    from = card["from"] ?? ""
    until = card["until"] ?? ""
  }
}
