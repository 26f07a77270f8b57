/// A delivery that whoever holds it is to send now, and to report.
public struct DueDelivery: Sendable {
  /// The store's number for it.
  public let number: Int64
  /// The id of the message that it comes from.
  public let message: String
  /// The idempotency key.
  public let key: String
  /// The name of the route that asks for it.
  public let route: String
  /// The name of the target.
  public let target: String
  /// The lane whose head it is, or was before it stepped aside.
  public let lane: String
  /// The attempts before this one, since it was made or a person revived it.
  public let attempts: Int
  /// When it was made, in milliseconds since 1970, UTC.
  public let created: Int64
  /// What is to be sent: the original or its last edition.
  public let body: DeliveryBody
  /// The keyed pseudonym by which the audit log finds whom it is about; nil when it is about nobody known.
  public let patient: [UInt8]?

  /// A delivery with these parts.
  public init(
    number: Int64, message: String, key: String, route: String, target: String, lane: String, attempts: Int,
    created: Int64, body: DeliveryBody, patient: [UInt8]? = nil
  ) {
    self.patient = patient
    self.number = number
    self.message = message
    self.key = key
    self.route = route
    self.target = target
    self.lane = lane
    self.attempts = attempts
    self.created = created
    self.body = body
  }
}
