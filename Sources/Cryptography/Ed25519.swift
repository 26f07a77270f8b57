import CGnuTLS

/// Ed25519 signatures (RFC 8032, section 5.1).
public enum Ed25519 {
  /// Bytes of a seed and of a public key.
  public static let keySize = 32
  /// Bytes of a signature.
  public static let signatureSize = 64

  /// A private key.
  public struct PrivateKey: Sendable {
    /// The 32 bytes that everything else follows from; keep them secret.
    public let seed: [UInt8]
    /// The key that checks what this one signs.
    public let publicKey: [UInt8]

    /// The key of a seed; nil unless it has ``keySize`` bytes.
    public init?(seed: [UInt8]) {
      guard seed.count == keySize, let publicKey = try? withPrivate(seed, exportPublic) else { return nil }
      self.seed = seed
      self.publicKey = publicKey
    }

    /// A new key.
    public static func random() -> PrivateKey {
      guard let key = PrivateKey(seed: Randomness.bytes(keySize)) else {
        preconditionFailure("GnuTLS has no Ed25519")
      }
      return key
    }

    /// The signature of bytes, ``signatureSize`` of them.
    public func sign(_ message: [UInt8]) -> [UInt8] {
      guard let signature = try? withPrivate(seed, { try signature(of: message, with: $0) }) else {
        preconditionFailure("GnuTLS has no Ed25519")
      }
      return signature
    }
  }

  /// Whether a signature of the message was made with the private half of that public key.
  public static func verify(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
    guard publicKey.count == keySize, signature.count == signatureSize else { return false }
    var key: gnutls_pubkey_t?
    guard gnutls_pubkey_init(&key) == 0, let key else { return false }
    defer { gnutls_pubkey_deinit(key) }
    return withDatum(publicKey) { point in
      guard gnutls_pubkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_ED25519, &point, nil) == 0 else {
        return false
      }
      return withDatum(message) { message in
        withDatum(signature) { signature in
          gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_EDDSA_ED25519, 0, &message, &signature) >= 0
        }
      }
    }
  }

  private struct Failure: Error {}

  /// What precedes the seed in PKCS #8 (RFC 8410, section 7): GnuTLS finds the public key from that form only.
  private static let prefix: [UInt8] = [0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 34, 4, 32]

  private static func withPrivate<Value>(
    _ seed: [UInt8], _ body: (gnutls_privkey_t) throws -> Value
  ) throws -> Value {
    var key: gnutls_privkey_t?
    try check(gnutls_privkey_init(&key))
    guard let key else { throw Failure() }
    defer { gnutls_privkey_deinit(key) }
    try withDatum(prefix + seed) {
      try check(gnutls_privkey_import_x509_raw(key, &$0, GNUTLS_X509_FMT_DER, nil, 0))
    }
    return try body(key)
  }

  private static func exportPublic(_ key: gnutls_privkey_t) throws -> [UInt8] {
    var curve = GNUTLS_ECC_CURVE_INVALID
    var point = gnutls_datum_t()
    try check(gnutls_privkey_export_ecc_raw2(key, &curve, &point, nil, nil, 0))
    return taking(&point)
  }

  private static func signature(of message: [UInt8], with key: gnutls_privkey_t) throws -> [UInt8] {
    var signature = gnutls_datum_t()
    try withDatum(message) {
      try check(gnutls_privkey_sign_data2(key, GNUTLS_SIGN_EDDSA_ED25519, 0, &$0, &signature))
    }
    return taking(&signature)
  }

  /// Copies what GnuTLS allocated, and frees it.
  private static func taking(_ datum: inout gnutls_datum_t) -> [UInt8] {
    defer { sluss_gnutls_free(datum.data) }
    return Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
  }

  private static func withDatum<Value>(
    _ bytes: [UInt8], _ body: (inout gnutls_datum_t) throws -> Value
  ) rethrows -> Value {
    var bytes = bytes
    return try bytes.withUnsafeMutableBytes { bytes in
      var datum = gnutls_datum_t(bytes)
      return try body(&datum)
    }
  }

  private static func check(_ code: Int32) throws {
    guard code >= 0 else { throw Failure() }
  }
}
