public import Cryptography

/// Who is at the other end of a connection.
public struct HTTPPeer: Sendable, Hashable {
  /// The numeric IPv4 or IPv6 address; empty when the system does not tell.
  public let address: String
  /// Whether the connection is encrypted.
  public let isEncrypted: Bool
  /// What the client's certificate says, verified for each connection and when certificates are renewed.
  public let identity: PeerIdentity
}
