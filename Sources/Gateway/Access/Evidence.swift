public import Cryptography

/// What somebody shows of who they are.
public struct Evidence: Sendable {
  /// The token as it was sent; nil when none was. One that was sent in no form that can be read is empty.
  public var token: String?
  /// What the certificate says.
  public var identity: PeerIdentity
  /// The source address, where it counts; nil elsewhere.
  public var address: String?

  /// Evidence of these parts.
  public init(token: String? = nil, identity: PeerIdentity = .anonymous, address: String? = nil) {
    (self.token, self.identity, self.address) = (token, identity, address)
  }
}
