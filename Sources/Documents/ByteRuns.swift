import Glibc

/// Comparing and hashing short runs of bytes, a machine word at a time.
public enum ByteRuns {
  /// Whether two runs hold the same bytes.
  @inline(__always)
  public static func same(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count, let left = a.baseAddress, let right = b.baseAddress else {
      return a.count == b.count
    }
    return memcmp(left, right, a.count) == 0
  }

  /// A hash of the length and the first and last eight bytes: names rarely differ in the middle alone, and a
  /// table compares
  /// in full anyway.
  @inline(__always)
  public static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let count = bytes.count
    guard count > 0, let base = bytes.baseAddress.map(UnsafeRawPointer.init) else { return 0 }
    var first: UInt64
    var last: UInt64
    if count >= 8 {
      first = base.loadUnaligned(as: UInt64.self)
      last = base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else if count >= 4 {
      first = UInt64(base.loadUnaligned(as: UInt32.self))
      last = UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    } else {
      first = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8
      last = UInt64(bytes[count - 1])
    }
    first = (first ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    last = (last ^ (first >> 32)) &* 0xC2B2_AE3D_27D4_EB4F
    return Int(truncatingIfNeeded: (last ^ (last >> 29)) >> 1)
  }
}
