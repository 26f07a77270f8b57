public import Cryptography

/// Why somebody is turned away. No case holds anything of what they showed.
public enum AccessRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// They showed nothing.
  case noCredentials
  /// The token is nobody's.
  case unknownToken
  /// The certificate is good, but nobody's.
  case unknownCertificate
  /// The certificate is not believed.
  case wrongCertificate(CertificateRefusal)
  /// Only those with a certificate may come.
  case certificateDemanded
  /// The address is nobody's.
  case unknownAddress
  /// What they showed belongs to different systems.
  case contradiction
  /// They are known, but no line allows it.
  case notAllowed(Right)

  /// A few words, for them and for the operator.
  public var description: String {
    switch self {
    case .noCredentials: "no credentials were shown"
    case .unknownToken: "the token is not known"
    case .unknownCertificate: "the certificate is nobody's who is known here"
    case .wrongCertificate(let refusal): refusal.words
    case .certificateDemanded: "a client certificate is demanded"
    case .unknownAddress: "the address is nobody's who is known here"
    case .contradiction: "the credentials belong to different systems"
    case .notAllowed(let right): "this system has no right to \(right.rawValue) here"
    }
  }

  /// Whether they may be anybody; else they are known and only want too much.
  public var isOfStranger: Bool {
    if case .notAllowed = self { false } else { true }
  }
}
