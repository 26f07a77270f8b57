/// A delivery as it is stored, without its body.
public struct StoredDelivery: Sendable, Equatable {
  /// The store's number for it; those recorded later have higher ones.
  public let number: Int64
  /// The id of the message that it comes from.
  public let message: String
  /// The name of that message's mapping.
  public let mapping: String
  /// The idempotency key.
  public let key: String
  /// The name of the route that asked for it.
  public let route: String
  /// The name of the target.
  public let target: String
  /// Its lane.
  public let lane: String
  /// How far it has come.
  public let state: DeliveryState
  /// The attempts since it was made or a person revived it.
  public let attempts: Int
  /// The last problem, or why a person skipped it; nil when there was none.
  public let problem: String?
  /// When it was made, in milliseconds since 1970, UTC.
  public let created: Int64
  /// When it was recorded, last tried, retried or skipped, likewise; once it has ended, the time of its end.
  public let changed: Int64
  /// When it is tried next, likewise; nil while it waits for another of its lane, and after its end.
  public let due: Int64?
  /// Whether it is dead and holds back the others of its lane.
  public let holdsLane: Bool
  /// Which body was sent, or will be next: 0 for the original, else the number of the edition.
  public let edition: Int
  /// What its bodies are encrypted with; nil for nothing.
  let contentKey: ContentKeyName?
}
