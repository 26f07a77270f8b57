import Cryptography
import Foundation

/// What comes before a connection's first message.
extension Conversations {
  /// Goes on with the TLS handshake, if there is one, and then asks whether the peer may stay.
  func shakeHands(_ connection: ServedConnection) {
    guard let session = connection.socket.session else { return begin(connection) }
    switch session.handshake() {
    case .wantsToRead: connection.handshakeEvents = POLLIN
    case .wantsToWrite: connection.handshakeEvents = POLLOUT
    case .failed(let fault): close(connection, .handshakeFailed(fault))
    case .done:
      connection.peer.isEncrypted = true
      connection.peer.identity = session.peer
      begin(connection)
    }
  }

  private func begin(_ connection: ServedConnection) {
    guard admits(connection.peer) else { return close(connection, .notAdmitted) }
    connection.phase = .reading
    connection.deadline = MonotonicClock.now + deadlines.idle
  }

  /// A connection may outlive what its certificate was judged by.
  func judgeAnew(_ connection: ServedConnection) {
    guard let session = connection.socket.session, let current = configuration.tls?.current else { return }
    if session.adopt(current) { connection.peer.identity = session.peer }
  }
}
