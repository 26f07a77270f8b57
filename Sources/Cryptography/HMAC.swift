import CGnuTLS

/// HMAC with SHA-256 (RFC 2104, FIPS 198-1): a digest that only the holder of the key can make.
public enum HMAC {
  /// The code of a text in UTF-8.
  public static func code(of text: String, key: [UInt8]) -> SHA256.Digest {
    code(of: Array(text.utf8), key: key)
  }

  /// The code of bytes.
  public static func code(of bytes: [UInt8], key: [UInt8]) -> SHA256.Digest {
    code(of: bytes[...], key: key[...])
  }

  /// Likewise, of bytes among others.
  public static func code(of bytes: ArraySlice<UInt8>, key: ArraySlice<UInt8>) -> SHA256.Digest {
    var result: Int32 = 0
    let code = SHA256.Digest { out in
      result = key.withUnsafeBytes { key in
        bytes.withUnsafeBytes {
          gnutls_hmac_fast(
            GNUTLS_MAC_SHA256, key.baseAddress, key.count, $0.baseAddress, $0.count, out.baseAddress)
        }
      }
    }
    guard result == 0 else {
      preconditionFailure("GnuTLS has no HMAC: \(String(cString: gnutls_strerror(result)))")
    }
    return code
  }
}
