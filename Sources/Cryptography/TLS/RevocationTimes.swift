import CGnuTLS

/// Until when the lists of revoked certificates say anything: GnuTLS reads them, but believes them for ever.
struct RevocationTimes: Sendable {
  /// Seconds since 1970, by the issuer's name in DER; the latest of its lists counts.
  private var ends: [[UInt8]: Int64] = [:]

  /// No lists.
  init() {}

  /// The lists of a file.
  init(_ file: PEMFile) throws(TLSFault) {
    var (datum, list, count) = (file.datum, UnsafeMutablePointer<gnutls_x509_crl_t?>(nil), UInt32(0))
    let code = gnutls_x509_crl_list_import2(&list, &count, &datum, GNUTLS_X509_FMT_PEM, 0)
    try file.check(code < 0 ? code : Int32(clamping: count))
    defer { sluss_gnutls_free(list) }
    let lists = UnsafeBufferPointer(start: list, count: Int(count)).compactMap(\.self)
    defer { for one in lists { gnutls_x509_crl_deinit(one) } }
    for one in lists {
      guard let issuer = Self.name({ gnutls_x509_crl_get_raw_issuer_dn(one, $0) }) else { continue }
      // A list that names no end is past it: RFC 5280, section 5.1.2.5, demands one.
      ends[issuer] = max(ends[issuer] ?? .min, Int64(gnutls_x509_crl_get_next_update(one)))
    }
  }

  /// Whether a certificate's authority has lists here and all of them are past their time.
  func areOver(for certificate: gnutls_x509_crt_t, at now: Int64) -> Bool {
    guard !ends.isEmpty, let issuer = Self.name({ gnutls_x509_crt_get_raw_issuer_dn(certificate, $0) }),
      let end = ends[issuer]
    else { return false }
    return end < now
  }

  private static func name(_ read: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32) -> [UInt8]? {
    var datum = gnutls_datum_t()
    guard read(&datum) == 0 else { return nil }
    defer { sluss_gnutls_free(datum.data) }
    return Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
  }
}
