import CGnuTLS

/// The certificates of one side, as they were when the files were read; never changed afterwards.
public final class TLSCredentials: @unchecked Sendable {
  /// What GnuTLS keeps of them; it may be used by many sessions on many threads.
  let handle: gnutls_certificate_credentials_t
  /// Whether authorities are there to believe the other side's certificate by.
  public let hasAuthorities: Bool
  /// When the first of the own certificates ends, in seconds since 1970, UTC; nil without any.
  public let expires: Int64?
  /// Until when the lists of revoked certificates hold.
  let revocationTimes: RevocationTimes

  /// Reads the files.
  public init(_ files: TLSFiles) throws(TLSFault) {
    let loaded = try LoadedFiles(files)
    var made: gnutls_certificate_credentials_t?
    let code = gnutls_certificate_allocate_credentials(&made)
    guard code == 0, let made else { throw .library(reason: String(cString: gnutls_strerror(code))) }
    do throws(TLSFault) {
      expires = try loaded.expiry()
      revocationTimes = try loaded.revocationTimes()
      try loaded.fill(made)
    } catch {
      gnutls_certificate_free_credentials(made)
      throw error
    }
    hasAuthorities = loaded.authorities != nil
    handle = made
  }

  deinit {
    gnutls_certificate_free_credentials(handle)
  }
}

/// The files' content before it is the library's.
private struct LoadedFiles {
  let certificate, key, authorities, revoked: PEMFile?

  init(_ files: TLSFiles) throws(TLSFault) {
    certificate = try Self.load(files.certificate)
    key = try Self.load(files.key)
    authorities = try Self.load(files.authorities)
    revoked = try Self.load(files.revoked)
  }

  private static func load(_ path: String?) throws(TLSFault) -> PEMFile? {
    guard let path else { return nil }
    return try PEMFile(path)
  }

  func fill(_ handle: gnutls_certificate_credentials_t) throws(TLSFault) {
    if let authorities {
      var datum = authorities.datum
      try authorities.check(gnutls_certificate_set_x509_trust_mem(handle, &datum, GNUTLS_X509_FMT_PEM))
    }
    if let revoked {
      var datum = revoked.datum
      try revoked.check(gnutls_certificate_set_x509_crl_mem(handle, &datum, GNUTLS_X509_FMT_PEM))
    }
    guard certificate != nil || key != nil else { return }
    try fillIdentity(handle)
  }

  private func fillIdentity(_ handle: gnutls_certificate_credentials_t) throws(TLSFault) {
    guard let certificate, let key else {
      throw .keyDoesNotFit(certificate: certificate?.path ?? "no file", key: key?.path ?? "no file")
    }
    var (chain, secret) = (certificate.datum, key.datum)
    let code = gnutls_certificate_set_x509_key_mem2(handle, &chain, &secret, GNUTLS_X509_FMT_PEM, nil, 0)
    if code == GNUTLS_E_CERTIFICATE_KEY_MISMATCH {
      throw .keyDoesNotFit(certificate: certificate.path, key: key.path)
    }
    // The certificate has been read before, so what is wrong now is the key.
    if code < 0 { try key.check(code) }
  }

  func revocationTimes() throws(TLSFault) -> RevocationTimes {
    guard let revoked else { return RevocationTimes() }
    return try RevocationTimes(revoked)
  }

  /// The first end among the certificate and those that come with it.
  func expiry() throws(TLSFault) -> Int64? {
    guard let certificate else { return nil }
    var (datum, list, count) = (certificate.datum, UnsafeMutablePointer<gnutls_x509_crt_t?>(nil), UInt32(0))
    let code = gnutls_x509_crt_list_import2(&list, &count, &datum, GNUTLS_X509_FMT_PEM, 0)
    guard code >= 0, let list else {
      throw .notPEM(file: certificate.path, reason: String(cString: gnutls_strerror(code)))
    }
    defer { sluss_gnutls_free(list) }
    let certificates = UnsafeBufferPointer(start: list, count: Int(count)).compactMap(\.self)
    defer { for one in certificates { gnutls_x509_crt_deinit(one) } }
    return certificates.map { Int64(gnutls_x509_crt_get_expiration_time($0)) }.min()
  }
}
