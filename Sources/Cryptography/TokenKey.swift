import CGnuTLS

/// An RSA key in a PKCS #11 token, such as a hardware security module or a smart card: it wraps small secrets, and
/// never leaves the token.
///
/// Its URL is as RFC 7512 says: `pkcs11:token=NAME;object=NAME;type=private`. The token's module has to be known to
/// p11-kit.
public struct TokenKey: Sendable {
  /// Why a token did not do what it was asked; GnuTLS's words.
  public struct Failure: Error, CustomStringConvertible {
    /// Without the URL, which may hold a PIN.
    public let description: String
  }

  private let url: String

  /// The key of a URL; the token is asked only when something is wrapped or unwrapped.
  ///
  /// - Parameter pin: opens the token; nil when the URL says it, or none is needed.
  public init(url: String, pin: String? = nil) {
    let hexadecimal = Array("0123456789ABCDEF")
    let escaped = (pin ?? "").utf8.map { byte in
      "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
    }
    self.url = pin == nil ? url : "\(url)\(url.contains("?") ? "&" : "?")pin-value=\(escaped.joined())"
  }

  /// Encrypts a secret of a few bytes for the key (RFC 8017, section 7.2).
  public func wrap(_ secret: [UInt8]) throws(Failure) -> [UInt8] {
    try withPrivate { key throws(Failure) in
      var made: gnutls_pubkey_t?
      try Self.check(gnutls_pubkey_init(&made))
      guard let open = made else { throw Failure(description: "no memory is left") }
      defer { gnutls_pubkey_deinit(open) }
      try Self.check(gnutls_pubkey_import_privkey(open, key, UInt32(GNUTLS_KEY_KEY_ENCIPHERMENT), 0))
      return try Self.transformed(secret) { gnutls_pubkey_encrypt_data(open, 0, &$0, &$1) }
    }
  }

  /// The secret; fails for what was wrapped for another key.
  public func unwrap(_ wrapped: [UInt8]) throws(Failure) -> [UInt8] {
    try withPrivate { key throws(Failure) in
      try Self.transformed(wrapped) { gnutls_privkey_decrypt_data(key, 0, &$0, &$1) }
    }
  }

  private func withPrivate<Value>(
    _ body: (gnutls_privkey_t) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    var made: gnutls_privkey_t?
    try Self.check(gnutls_privkey_init(&made))
    guard let key = made else { throw Failure(description: "no memory is left") }
    defer { gnutls_privkey_deinit(key) }
    try Self.check(gnutls_privkey_import_url(key, url, 0))
    return try body(key)
  }

  private static func transformed(
    _ bytes: [UInt8], _ work: (inout gnutls_datum_t, inout gnutls_datum_t) -> Int32
  ) throws(Failure) -> [UInt8] {
    var bytes = bytes
    var out = gnutls_datum_t()
    let code = bytes.withUnsafeMutableBytes { bytes in
      var datum = gnutls_datum_t(bytes)
      return work(&datum, &out)
    }
    try check(code)
    defer { sluss_gnutls_free(out.data) }
    return Array(UnsafeBufferPointer(start: out.data, count: Int(out.size)))
  }

  private static func check(_ code: Int32) throws(Failure) {
    guard code >= 0 else { throw Failure(description: String(cString: gnutls_strerror(code))) }
  }
}
