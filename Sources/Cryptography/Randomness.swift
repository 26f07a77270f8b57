import CGnuTLS

/// Bytes that nobody can foresee, for keys, salts and nonces.
public enum Randomness {
  /// That many bytes. The program ends where the system has no randomness: no key could be trusted then.
  public static func bytes(_ count: Int) -> [UInt8] { bytes(count, GNUTLS_RND_KEY) }

  /// Likewise for what protects one box only, such as its nonce: four times as fast, since the system is not asked
  /// for fresh randomness each time.
  public static func passing(_ count: Int) -> [UInt8] { bytes(count, GNUTLS_RND_RANDOM) }

  private static func bytes(_ count: Int, _ level: gnutls_rnd_level_t) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let code = bytes.withUnsafeMutableBytes { gnutls_rnd(level, $0.baseAddress, $0.count) }
    guard code == 0 else {
      preconditionFailure("GnuTLS has no randomness: \(String(cString: gnutls_strerror(code)))")
    }
    return bytes
  }
}
