/// What the certificate of the other side of a connection says about it.
public enum PeerIdentity: Sendable, Hashable {
  /// There is no certificate, or no TLS.
  case anonymous
  /// A certificate that one of the believed authorities has signed and that holds now.
  case verified(PeerCertificate)
  /// A certificate that must not be believed.
  case refused(CertificateRefusal)
}

/// Why a certificate is not believed.
public enum CertificateRefusal: String, Sendable, Hashable, CaseIterable {
  /// No believed authority has signed it.
  case unknownAuthority
  /// It is past its time.
  case expired
  /// Its time has not begun.
  case notYetValid
  /// Its authority has revoked it.
  case revoked
  /// The authority's list of revoked certificates is past its time or before it.
  case staleRevocationList
  /// It is not for clients, or not for servers.
  case wrongPurpose
  /// It is for another host.
  case wrongHost
  /// It is signed with an algorithm that can be forged.
  case weakAlgorithm
  /// It cannot be read, or its signature is wrong, or it demands what the library does not know.
  case invalid

  /// A few words for the operator and for the other side.
  public var words: String {
    switch self {
    case .unknownAuthority: "the certificate's authority is not known here"
    case .expired: "the certificate has expired"
    case .notYetValid: "the certificate is not valid yet"
    case .revoked: "the certificate is revoked"
    case .staleRevocationList: "the list of revoked certificates is out of date"
    case .wrongPurpose: "the certificate is for another purpose"
    case .wrongHost: "the certificate is another host's"
    case .weakAlgorithm: "the certificate is signed with a weak algorithm"
    case .invalid: "the certificate is invalid"
    }
  }
}
