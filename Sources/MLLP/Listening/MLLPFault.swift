public import Cryptography

/// Why a listener closed a connection before its peer did. No case holds anything of a message.
public enum MLLPFault: Error, Equatable, CustomStringConvertible {
  /// No TLS connection came about.
  case handshakeFailed(HandshakeFault)
  /// The peer is nobody who may send here.
  case notAdmitted
  /// The bytes break the protocol.
  case violation(MLLPViolation)
  /// The peer closed in the middle of a message.
  case cutShort
  /// A message that had begun came too slowly.
  case tooSlow
  /// All messages together would take more memory than is allowed.
  case memoryExhausted
  /// The address has as many connections as it may.
  case tooManyConnections
  /// The peer did not take its reply in time.
  case replyNotTaken
  /// The handler gave no reply, or one that no block can carry.
  case unanswered

  /// One line for the operator.
  public var description: String {
    switch self {
    case .handshakeFailed(let fault): "no TLS connection: \(fault.description)"
    case .notAdmitted: "nobody who may send here"
    case .violation(let violation): violation.description
    case .cutShort: "the connection ended in the middle of a message"
    case .tooSlow: "a message came too slowly"
    case .memoryExhausted: "too many bytes of messages are under way"
    case .tooManyConnections: "too many connections from one address"
    case .replyNotTaken: "the reply was not taken in time"
    case .unanswered: "the message got no reply"
    }
  }
}
