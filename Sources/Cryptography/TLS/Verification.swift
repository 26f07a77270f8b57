import CGnuTLS
import Foundation

/// The judgement about a session's peer, after the handshake and by the session's own credentials.
enum Verification {
  /// Whom a certificate is to be for (RFC 5280, section 4.2.1.12).
  enum Purpose: String {
    case client = "1.3.6.1.5.5.7.3.2"
    case server = "1.3.6.1.5.5.7.3.1"
  }

  static func identity(
    of session: gnutls_session_t, _ credentials: TLSCredentials, as purpose: Purpose
  ) -> PeerIdentity {
    var count: UInt32 = 0
    guard let chain = gnutls_certificate_get_peers(session, &count), count > 0 else { return .anonymous }
    guard let status = status(of: session, purpose) else { return .refused(.invalid) }
    if let refusal = CertificateRefusal(status: status) { return .refused(refusal) }
    let certificates = UnsafeBufferPointer(start: chain, count: Int(count)).compactMap(ParsedCertificate.init)
    guard certificates.count == Int(count), let own = certificates.first else { return .refused(.invalid) }
    let (times, now) = (credentials.revocationTimes, Int64(time(nil)))
    let isStale = certificates.contains { times.areOver(for: $0.handle, at: now) }
    return isStale ? .refused(.staleRevocationList) : .verified(PeerCertificate(own))
  }

  private static func status(of session: gnutls_session_t, _ purpose: Purpose) -> UInt32? {
    var text = Array(purpose.rawValue.utf8) + [0]
    var status: UInt32 = 0
    let code = text.withUnsafeMutableBufferPointer { text in
      var wanted = gnutls_typed_vdata_st(type: GNUTLS_DT_KEY_PURPOSE_OID, data: text.baseAddress, size: 0)
      return gnutls_certificate_verify_peers(session, &wanted, 1, &status)
    }
    return code == 0 ? status : nil
  }
}

extension CertificateRefusal {
  /// The weightiest of the library's reasons, which come together; nil when it has none.
  init?(status: UInt32) {
    guard status != 0 else { return nil }
    let reasons: [(gnutls_certificate_status_t, CertificateRefusal)] = [
      (GNUTLS_CERT_SIGNER_NOT_FOUND, .unknownAuthority),
      (GNUTLS_CERT_SIGNER_NOT_CA, .unknownAuthority),
      (GNUTLS_CERT_SIGNATURE_FAILURE, .invalid),
      (GNUTLS_CERT_REVOKED, .revoked),
      (GNUTLS_CERT_EXPIRED, .expired),
      (GNUTLS_CERT_NOT_ACTIVATED, .notYetValid),
      (GNUTLS_CERT_PURPOSE_MISMATCH, .wrongPurpose),
      (GNUTLS_CERT_UNEXPECTED_OWNER, .wrongHost),
      (GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED, .staleRevocationList),
      (GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE, .staleRevocationList),
      (GNUTLS_CERT_INSECURE_ALGORITHM, .weakAlgorithm),
    ]
    self = reasons.first { status & $0.0.rawValue != 0 }?.1 ?? .invalid
  }
}
