public import Cryptography

/// Who is at the other end of a connection.
public struct MLLPPeer: Sendable, Hashable {
  /// The numeric IPv4 or IPv6 address.
  public let address: String
  /// The peer's own port, which a new connection changes.
  public let port: UInt16
  /// Whether the connection is encrypted.
  public internal(set) var isEncrypted = false
  /// What the peer's certificate says, as of the handshake, or of a later message if certificates, or the
  /// lists of revoked ones, have been renewed meanwhile.
  public internal(set) var identity = PeerIdentity.anonymous

  init(address: String, port: UInt16) {
    (self.address, self.port) = (address, port)
  }
}
