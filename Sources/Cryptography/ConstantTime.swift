import CGnuTLS

/// Comparisons whose time tells nothing about where two secrets differ.
public enum ConstantTime {
  /// Whether both are the same bytes. Their lengths are no secret.
  public static func equals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in gnutls_memcmp(left.baseAddress, right.baseAddress, left.count) == 0 }
    }
  }
}
