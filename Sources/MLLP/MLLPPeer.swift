/// Who is at the other end of a connection.
public struct MLLPPeer: Sendable, Hashable {
  /// The numeric IPv4 or IPv6 address.
  public let address: String
  /// The peer's own port, which a new connection changes.
  public let port: UInt16
}
