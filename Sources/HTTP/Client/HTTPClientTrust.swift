/// Whose certificates a server may show. The server's name is checked in either case.
public enum HTTPClientTrust: Sendable, Hashable {
  /// The authorities that the operating system trusts.
  case system
  /// Only the authorities in the PEM file at this path.
  case authorities(file: String)
}
