/// Where one side of TLS connections has its certificates: paths of PEM files.
public struct TLSFiles: Sendable, Hashable {
  /// The own certificate first, then those between it and its root; a server must have one.
  public var certificate: String?
  /// The own certificate's unencrypted private key.
  public var key: String?
  /// The authorities whose certificates are believed of the other side; without them no certificate is asked
  /// for or believed.
  public var authorities: String?
  /// The authorities' lists of revoked certificates, which the operator fetches and renews: a list that is
  /// past its own time makes all certificates of its authority count for nothing.
  public var revoked: String?

  /// Files of these paths.
  public init(
    certificate: String? = nil, key: String? = nil, authorities: String? = nil, revoked: String? = nil
  ) {
    (self.certificate, self.key) = (certificate, key)
    (self.authorities, self.revoked) = (authorities, revoked)
  }

  /// The paths that are set.
  public var paths: [String] { [certificate, key, authorities, revoked].compactMap(\.self) }
}
