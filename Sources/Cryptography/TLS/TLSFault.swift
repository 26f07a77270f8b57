/// Why certificate files cannot be used. The wording never holds anything of a key.
public enum TLSFault: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadable(file: String)
  /// The file holds no certificate, key or list in PEM; the library's reason.
  case notPEM(file: String, reason: String)
  /// The key does not belong to the certificate, or one of them is not there.
  case keyDoesNotFit(certificate: String, key: String)
  /// No memory is left, or the library itself is broken.
  case library(reason: String)

  /// One line for the operator.
  public var description: String {
    switch self {
    case .unreadable(let file): "\(file) can't be read"
    case .notPEM(let file, let reason): "\(file) is not what it should be, in PEM: \(reason)"
    case .keyDoesNotFit(let certificate, let key): "the key in \(key) is not that of \(certificate)"
    case .library(let reason): "GnuTLS fails: \(reason)"
    }
  }
}
