/// Where a request may go. Without more said: over TLS to public addresses only, so that a URL from a
/// careless configuration cannot reach what listens inside.
public struct HTTPClientPolicy: Sendable, Hashable {
  /// The schemes that the URL may have.
  public var schemes: Set<Scheme> = [.https]
  /// The networks that the server's address may be in, whatever its name says.
  public var networks: Set<Network> = [.public]

  /// The defaults above.
  public init() {}

  /// A policy of these schemes and networks.
  public init(schemes: Set<Scheme>, networks: Set<Network>) {
    self.schemes = schemes
    self.networks = networks
  }

  /// A URL's scheme.
  public enum Scheme: String, Sendable, CaseIterable {
    /// Without encryption.
    case http
    /// Over TLS 1.2 or later.
    case https
  }

  /// A kind of addresses.
  public enum Network: String, Sendable, CaseIterable {
    /// Addresses of the internet.
    case `public`
    /// Addresses of one's own network (RFC 1918, RFC 4193, RFC 6598).
    case `private`
    /// This machine itself.
    case loopback
  }
}
