import CGnuTLS

/// What counts of a certificate that has been verified.
public struct PeerCertificate: Sendable, Hashable {
  /// The HSA-id: attribute 2.5.4.5, serialNumber, of the subject (RFC 4519, section 2.31), as written; nil
  /// when the subject has none, several, or one that is no printable text.
  ///
  /// It is read from the attribute itself and never from the printed name, in which any other attribute may
  /// hold the text `SERIALNUMBER=…`.
  public let hsaID: String?
  /// The SHA-256 digest of the whole certificate in DER.
  public let fingerprint: SHA256.Digest
  /// When it ends, in seconds since 1970, UTC.
  public let expires: Int64

  /// A certificate with these parts.
  public init(hsaID: String?, fingerprint: SHA256.Digest, expires: Int64) {
    (self.hsaID, self.fingerprint, self.expires) = (hsaID, fingerprint, expires)
  }

  init(_ certificate: ParsedCertificate) {
    hsaID = Self.serialNumber(of: certificate.handle)
    fingerprint = SHA256.digest(of: certificate.der)
    expires = Int64(gnutls_x509_crt_get_expiration_time(certificate.handle))
  }

  private static func serialNumber(of certificate: gnutls_x509_crt_t) -> String? {
    guard attribute(1, of: certificate) == nil else { return nil }
    return attribute(0, of: certificate).flatMap { DERText($0)?.text }
  }

  /// The DER of the n-th serialNumber in the subject; nil when there are fewer, empty when it cannot be had.
  private static func attribute(_ index: UInt32, of certificate: gnutls_x509_crt_t) -> [UInt8]? {
    var value = [UInt8](repeating: 0, count: 256)
    var size = value.count
    let code = gnutls_x509_crt_get_dn_by_oid(certificate, "2.5.4.5", index, 1, &value, &size)
    if code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE { return nil }
    return code == 0 ? Array(value.prefix(size)) : []
  }
}

/// A certificate in DER as the library holds it.
final class ParsedCertificate {
  let handle: gnutls_x509_crt_t
  let der: [UInt8]

  /// Nil when it is none.
  init?(_ datum: gnutls_datum_t) {
    var (made, datum) = (gnutls_x509_crt_t?.none, datum)
    guard gnutls_x509_crt_init(&made) == 0, let made else { return nil }
    handle = made
    der = Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
    guard gnutls_x509_crt_import(made, &datum, GNUTLS_X509_FMT_DER) == 0 else { return nil }
  }

  deinit {
    gnutls_x509_crt_deinit(handle)
  }
}
