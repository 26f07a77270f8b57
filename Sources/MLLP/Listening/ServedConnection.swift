import Foundation

/// One peer's connection; touched by the listener's thread only.
final class ServedConnection {
  /// What the connection waits for.
  enum Phase {
    /// The peer's part of the TLS handshake.
    case handshaking
    /// The peer's next bytes.
    case reading
    /// The handler's reply; nothing is read meanwhile, so the peer is held back by TCP itself.
    case awaitingReply
    /// The peer, to take the reply.
    case replying
    /// The peer, to take the last reply before the close; what it still sends is thrown away.
    case lingering
    /// The handler's reply, to a peer that has gone; only the memory is still counted.
    case abandoned
  }

  let id: UInt64
  let socket: Socket
  var peer: MLLPPeer
  /// What the handshake waits for.
  var handshakeEvents = POLLIN
  var phase = Phase.reading
  var reader: MLLPBlockReader
  /// Received and not yet looked at.
  var unread: ArraySlice<UInt8> = []
  /// The rest of the reply that is on its way.
  var unsent: ArraySlice<UInt8> = []
  /// Bytes of the message that the handler has.
  var handedBytes = 0
  /// Bytes that are counted as this connection's, see ``MemoryBudget``.
  var countedBytes = 0
  /// When the message began that is being read; nil between messages.
  var messageBegan: Int64?
  var deadline: Int64

  init(id: UInt64, socket: Socket, peer: MLLPPeer, maximumBytes: Int, deadline: Int64) {
    self.id = id
    self.socket = socket
    self.peer = peer
    self.deadline = deadline
    reader = MLLPBlockReader(maximumBytes: maximumBytes)
  }

  var heldBytes: Int { reader.heldBytes + unread.count + handedBytes }

  func forgetUnread() {
    unread = []
    reader = MLLPBlockReader(maximumBytes: 0)
  }

  /// What to poll for; nil for nothing at all. A broken connection is told of in any case.
  var events: Int32? {
    switch phase {
    case .handshaking: handshakeEvents
    case .reading, .lingering: POLLIN
    case .awaitingReply: 0
    case .replying: POLLOUT
    case .abandoned: nil
    }
  }
}
