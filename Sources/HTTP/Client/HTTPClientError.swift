/// Why there is no answer. The reasons are for operators: they hold nothing of the request but, at most,
/// its host and the paths of its certificate files, and nothing of an answer.
public enum HTTPClientError: Error, Equatable, Sendable, CustomStringConvertible {
  /// For certain the receiver has seen nothing of the request; sending it again cannot do anything twice.
  case unsent(Unsent, reason: String)
  /// The request left, wholly or in part: the receiver may have acted on it or not.
  case uncertain(Uncertain, reason: String)

  /// What stopped a request before it left.
  public enum Unsent: String, Sendable, CaseIterable {
    /// The request itself is malformed or against its policy.
    case refusedRequest
    /// The host's address is in a network that the policy does not allow.
    case forbiddenAddress
    /// No address belongs to the host's name.
    case unknownName
    /// Nothing listens there, or no way leads there.
    case unreachable
    /// Name look-up, connection and TLS handshake took too long.
    case connectTimedOut
    /// The TLS handshake failed.
    case handshakeFailed
    /// The server's certificate is not trusted, or is another server's.
    case untrustedServer
    /// The client's certificate, its key or the authorities cannot be read.
    case unreadableCertificate
    /// The whole time went by while other requests were under way.
    case waitedTooLong
    /// Too many requests wait already.
    case overloaded
    /// The client is closed.
    case closed
    /// libcurl failed.
    case engine
  }

  /// What happened to a request that left.
  public enum Uncertain: String, Sendable, CaseIterable {
    /// The answer was not complete in time.
    case timedOut
    /// The connection ended before the answer was complete.
    case connectionLost
    /// What came is not HTTP.
    case malformedAnswer
    /// The answer is longer than the request allows.
    case answerTooLarge
    /// The client was closed meanwhile.
    case cancelled
    /// libcurl failed.
    case engine
  }

  /// One line for the operator.
  public var description: String {
    switch self {
    case .unsent(let what, let reason): "not sent (\(what.rawValue)): \(reason)"
    case .uncertain(let what, let reason): "sent, but not known to have arrived (\(what.rawValue)): \(reason)"
    }
  }
}
