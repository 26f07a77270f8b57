import CGnuTLS

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): keeps bytes secret, and notices when they were changed.
///
/// A sealed box is a random nonce of 12 bytes, the ciphertext, and a tag of 16. With random nonces one key is
/// good for 2³² boxes.
public enum AESGCM {
  /// Bytes of a key.
  public static let keySize = 32
  /// Bytes that a box is longer than its content.
  public static let overhead = nonceSize + tagSize
  /// Bytes of a nonce.
  public static let nonceSize = 12
  private static let tagSize = 16

  /// Encrypts.
  ///
  /// - Parameters:
  ///   - key: ``keySize`` bytes.
  ///   - context: what the box belongs to; not in it, and needed again to open it.
  ///   - nonce: 12 bytes that are never used twice with the key; random unless a test says otherwise.
  ///   - beginning: bytes that stand before the box in what is returned.
  public static func seal(
    _ content: [UInt8], key: [UInt8], context: [UInt8], nonce: [UInt8] = Randomness.passing(12),
    behind beginning: [UInt8] = []
  ) -> [UInt8] {
    precondition(key.count == keySize && nonce.count == nonceSize, "a key has 32 bytes, a nonce 12")
    let start = beginning.count + nonceSize
    return [UInt8](unsafeUninitializedCapacity: start + content.count + tagSize) { bytes, count in
      UnsafeMutableRawBufferPointer(bytes).copyBytes(from: beginning)
      UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[beginning.count...])
        .copyBytes(from: nonce)
      var length = bytes.count - start
      let code = withCipher(key) { cipher in
        pointers(nonce, context, content) { nonce, context, content in
          gnutls_aead_cipher_encrypt(
            cipher, nonce.baseAddress, nonce.count, context.baseAddress, context.count, tagSize,
            content.baseAddress, content.count, bytes.baseAddress.map { $0 + start }, &length)
        }
      }
      precondition(code == 0, "GnuTLS has no AES-256-GCM")
      count = start + length
    }
  }

  /// What is in a box; nil when it, its key or its context is not the one it was sealed with.
  ///
  /// - Parameter start: where the box begins in the bytes.
  public static func open(
    _ bytes: [UInt8], from start: Int = 0, key: [UInt8], context: [UInt8]
  ) -> [UInt8]? {
    let size = bytes.count - start - overhead
    guard key.count == keySize, size >= 0 else { return nil }
    var code: Int32 = -1
    // GnuTLS 3.7 wants room for the tag as well.
    let content = [UInt8](unsafeUninitializedCapacity: size + tagSize) { content, count in
      var length = content.count
      code = withCipher(key) { cipher in
        pointers(bytes, context, []) { bytes, context, _ in
          let nonce = UnsafeRawBufferPointer(rebasing: bytes[start..<start + nonceSize])
          let sealed = UnsafeRawBufferPointer(rebasing: bytes[(start + nonceSize)...])
          return gnutls_aead_cipher_decrypt(
            cipher, nonce.baseAddress, nonce.count, context.baseAddress, context.count, tagSize,
            sealed.baseAddress, sealed.count, content.baseAddress, &length)
        }
      }
      count = code == 0 ? length : 0
    }
    return code == 0 ? content : nil
  }

  private static func withCipher(_ key: [UInt8], _ body: (gnutls_aead_cipher_hd_t) -> Int32) -> Int32 {
    var cipher: gnutls_aead_cipher_hd_t?
    var key = key
    let code = key.withUnsafeMutableBytes { bytes in
      var datum = gnutls_datum_t(bytes)
      return gnutls_aead_cipher_init(&cipher, GNUTLS_CIPHER_AES_256_GCM, &datum)
    }
    guard code == 0, let cipher else { return code == 0 ? -1 : code }
    defer { gnutls_aead_cipher_deinit(cipher) }
    return body(cipher)
  }

  private static func pointers<Value>(
    _ first: [UInt8], _ second: [UInt8], _ third: [UInt8],
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Value
  ) -> Value {
    first.withUnsafeBytes { first in
      second.withUnsafeBytes { second in third.withUnsafeBytes { body(first, second, $0) } }
    }
  }
}

extension gnutls_datum_t {
  /// GnuTLS's view of bytes, for as long as they stay where they are.
  init(_ bytes: UnsafeMutableRawBufferPointer) {
    self.init(
      data: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), size: UInt32(bytes.count))
  }
}
