/// Some of the deliveries that were looked for, newest first.
public struct DeliveryPage: Sendable {
  /// The last delivery of a page, so that the next one goes on behind it.
  public struct Cursor: Sendable, Equatable {
    /// When it was made.
    public let created: Int64
    /// Its number.
    public let number: Int64

    /// The place behind that delivery.
    public init(created: Int64, number: Int64) {
      self.created = created
      self.number = number
    }
  }

  /// The page's deliveries.
  public let deliveries: [StoredDelivery]
  /// Where the next page begins; nil when this one is the last.
  public let next: Cursor?
}
