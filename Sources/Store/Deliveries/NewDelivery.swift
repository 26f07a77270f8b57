/// Something that is to be sent to a target because of a message.
public struct NewDelivery: Sendable {
  /// The idempotency key: the same for each attempt, and for the same event when its message is translated
  /// again. Keys that begin with the message's id are stored fastest, since they grow with time.
  public let key: String
  /// The name of the route that asks for it.
  public let route: String
  /// The name of the target.
  public let target: String
  /// What is to stay in order: deliveries of one target with the same lane go one after another. Without
  /// patient data, since it is searched for: the order key's pseudonym.
  public let lane: String
  /// The media type of the body.
  public let contentType: String
  /// What is to be sent, byte for byte.
  public internal(set) var body: [UInt8]
  /// When it was made, in milliseconds since 1970, UTC.
  public let created: Int64
  /// When it may be sent first, likewise.
  public let due: Int64
  /// Why it can't be sent as it is, as when its document could not be made; nil when it can.
  public let fault: Fault?
  /// The keyed pseudonym by which the audit log finds whom it is about; nil when it is about nobody known.
  public var patient: [UInt8]?

  /// A delivery that is dead from the start, until a person has edited, retried or skipped it.
  public struct Fault: Sendable, Equatable {
    /// Short and without patient data.
    public let problem: String
    /// Whether it holds back the later ones of its lane.
    public let holdsLane: Bool

    /// A fault with these parts.
    public init(problem: String, holdsLane: Bool) {
      self.problem = problem
      self.holdsLane = holdsLane
    }
  }

  /// A delivery with these parts, due when it is made unless told otherwise.
  public init(
    key: String, route: String, target: String, lane: String, contentType: String, body: [UInt8],
    created: Int64, due: Int64? = nil, fault: Fault? = nil, patient: [UInt8]? = nil
  ) {
    self.patient = patient
    self.key = key
    self.route = route
    self.target = target
    self.lane = lane
    self.contentType = contentType
    self.body = body
    self.created = created
    self.due = due ?? created
    self.fault = fault
  }
}

/// What became of a delivery that was handed in. The numbers are the store's own.
public enum DeliveryReceipt: Sendable, Equatable {
  /// It is on disk under its number.
  case added(Int64)
  /// Its key was used before, for the delivery with that number, and nothing was added.
  case repeated(Int64)
}
