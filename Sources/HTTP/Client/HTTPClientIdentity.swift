/// A client certificate. The files are read anew for each connection, so renewed ones count from the next on.
public struct HTTPClientIdentity: Sendable, Hashable {
  /// The path of a PEM file: the certificate first, then those between it and its root.
  public var certificateFile: String
  /// The path of a PEM file with the unencrypted private key.
  public var keyFile: String

  /// An identity of these two files.
  public init(certificateFile: String, keyFile: String) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }
}
