/// One delivery as a target gets it.
public struct Outgoing: Sendable {
  /// The idempotency key: the same for every attempt.
  public let key: String
  /// The route that it takes.
  public let route: String
  /// The media type of the body.
  public let contentType: String
  /// The document, byte for byte.
  public let body: [UInt8]
  /// How many attempts there have been before.
  public let attempts: Int

  /// A delivery with these parts.
  public init(key: String, route: String, contentType: String, body: [UInt8], attempts: Int) {
    self.key = key
    self.route = route
    self.contentType = contentType
    self.body = body
    self.attempts = attempts
  }
}

/// What became of an attempt. Problems are short and hold nothing of a message.
public enum SinkOutcome: Sendable, Equatable {
  /// The receiver has it.
  case delivered
  /// The receiver does not have it, or nobody knows; another attempt may succeed. `isTargetDown`: others would fail alike.
  case failed(problem: String, isTargetDown: Bool)
  /// The receiver will never take it as it is.
  case refused(problem: String)
}

/// Where deliveries go: a system behind a protocol.
public protocol Sink: Sendable {
  /// Sends a document and reports once, on any thread.
  func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void)
  /// Ends what is under way, which is reported as failed.
  func close()
}
