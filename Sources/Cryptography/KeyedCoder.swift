import CGnuTLS

/// Codes many texts with one key by ``HMAC``, which is prepared once. Not for two threads at a time.
public final class KeyedCoder {
  private var handle: gnutls_hmac_hd_t?

  /// Prepares a key.
  public init(key: [UInt8]) {
    let result = key.withUnsafeBytes {
      gnutls_hmac_init(&handle, GNUTLS_MAC_SHA256, $0.baseAddress, $0.count)
    }
    guard result == 0 else {
      preconditionFailure("GnuTLS has no HMAC: \(String(cString: gnutls_strerror(result)))")
    }
  }

  deinit { gnutls_hmac_deinit(handle, nil) }

  /// The code of bytes.
  public func code(of bytes: [UInt8]) -> SHA256.Digest {
    let result = bytes.withUnsafeBytes { gnutls_hmac(handle, $0.baseAddress, $0.count) }
    guard result == 0 else {
      preconditionFailure("GnuTLS can't code: \(String(cString: gnutls_strerror(result)))")
    }
    // This also makes it ready for the next.
    return SHA256.Digest { gnutls_hmac_output(handle, $0.baseAddress) }
  }
}
