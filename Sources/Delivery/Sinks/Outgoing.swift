/// One delivery as a target gets it.
public struct Outgoing: Sendable {
  /// The idempotency key: the same for every attempt.
  public let key: String
  /// The media type of the body.
  public let contentType: String
  /// The document, byte for byte.
  public let body: [UInt8]
  /// How long the attempt may take.
  public let timeout: Duration
  /// The HTTP statuses that count as delivered; other ways have no use for it.
  public let success: [ClosedRange<Int>]
  /// What the body of such an answer says.
  let judge: @Sendable (_ body: [UInt8]) -> SinkOutcome

  /// A delivery with these parts.
  public init(
    key: String, contentType: String, body: [UInt8], timeout: Duration,
    success: [ClosedRange<Int>] = [200...299],
    judge: @escaping @Sendable (_ body: [UInt8]) -> SinkOutcome = { _ in .delivered }
  ) {
    self.key = key
    self.contentType = contentType
    self.body = body
    self.timeout = timeout
    self.success = success
    self.judge = judge
  }
}
