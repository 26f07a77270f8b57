public import Cryptography

/// Why a message got no acknowledgement; the two cases are what its sender must tell apart. Nothing here
/// holds anything of a message.
public enum MLLPError: Error, Equatable, CustomStringConvertible {
  /// No byte of the message has left: the receiver has certainly not acted on it.
  case notSent(NotSent)
  /// Some or all of the message has left: nobody here knows whether the receiver acted on it.
  case unknown(Unknown)

  /// Why nothing was sent.
  public enum NotSent: Sendable, Equatable {
    /// The host has no address, or the resolver did not answer.
    case hostNotFound
    /// No address of the host could be connected to; the system's reason for the last.
    case cannotConnect(reason: String)
    /// No connection was made in time.
    case connectTimeOut
    /// No TLS connection came about, or the receiver's certificate is not believed.
    case handshakeFailed(HandshakeFault)
    /// The receiver took no byte of the message.
    case connectionLost
    /// The sender was closed.
    case closed
    /// The message has bytes that no block can carry, see ``MLLPBlock/framing(_:)``. It never will be sent.
    case notFramable
  }

  /// Why the receiver's deed is unknown.
  public enum Unknown: Sendable, Equatable {
    /// The answer was not complete in time.
    case answerTimeOut
    /// The connection ended before the answer was complete.
    case connectionLost
    /// What came was not a block.
    case notABlock(MLLPViolation)
    /// The sender was closed while it waited.
    case closed
  }

  /// One line for the operator.
  public var description: String {
    switch self {
    case .notSent(let why): "not sent: \(why.words)"
    case .unknown(let why): "sent, but not known to have been received: \(why.words)"
    }
  }
}

extension MLLPError.NotSent {
  fileprivate var words: String {
    switch self {
    case .hostNotFound: "the host has no address"
    case .cannotConnect(let reason): "cannot connect: \(reason)"
    case .connectTimeOut: "no connection in time"
    case .handshakeFailed(let fault): "no TLS connection: \(fault.description)"
    case .connectionLost: "the receiver closed the connection"
    case .closed: "the sender is closed"
    case .notFramable: "the message holds <FS> (0x1C), or <VT> (0x0B) before MSH"
    }
  }
}

extension MLLPError.Unknown {
  fileprivate var words: String {
    switch self {
    case .answerTimeOut: "no acknowledgement in time"
    case .connectionLost: "the connection ended before the acknowledgement"
    case .notABlock(let violation): violation.description
    case .closed: "the sender was closed while it waited"
    }
  }
}
