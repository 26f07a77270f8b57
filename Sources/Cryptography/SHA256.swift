import CGnuTLS

/// SHA-256 (FIPS 180-4), of bytes that are there or that come piece by piece.
///
/// GnuTLS does the work. It fails only where no memory is left or where the library itself is broken; no hash
/// could be trusted then, and the program ends.
public struct SHA256: ~Copyable {
  private let handle: gnutls_hash_hd_t

  /// A hash of nothing yet.
  public init() {
    var made: gnutls_hash_hd_t?
    let code = gnutls_hash_init(&made, GNUTLS_DIG_SHA256)
    guard code == 0, let made else { Self.end(code) }
    handle = made
  }

  deinit {
    gnutls_hash_deinit(handle, nil)
  }

  /// Adds bytes behind those before; how they are cut into pieces makes no difference.
  public mutating func update(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let code = bytes.withUnsafeBytes { gnutls_hash(handle, $0.baseAddress, $0.count) }
    guard code == 0 else { Self.end(code) }
  }

  /// Adds a text in UTF-8.
  public mutating func update(_ text: String) {
    update(Array(text.utf8))
  }

  /// The digest of all bytes.
  public consuming func finish() -> Digest {
    Digest { gnutls_hash_output(handle, $0.baseAddress) }
  }

  /// The digest of bytes.
  public static func digest(of bytes: [UInt8]) -> Digest {
    bytes.withUnsafeBytes(digest)
  }

  /// The digest of bytes where they lie.
  public static func digest(of bytes: Span<UInt8>) -> Digest {
    bytes.withUnsafeBytes(digest)
  }

  /// Likewise.
  static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
    var code: Int32 = 0
    let digest = Digest { out in
      code = gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.baseAddress, bytes.count, out.baseAddress)
    }
    guard code == 0 else { end(code) }
    return digest
  }

  private static func end(_ code: Int32) -> Never {
    preconditionFailure("GnuTLS has no SHA-256: \(String(cString: gnutls_strerror(code)))")
  }
}
