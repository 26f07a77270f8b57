import Foundation

/// A range of addresses: `10.1.2.3`, `10.1.0.0/16`, `fd00::/8`.
public struct Network: Sendable, Hashable {
  private let bytes: [UInt8]
  private let bits: Int

  /// Reads an address or a range; nil when the text is none, or bits behind the prefix are set.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let bytes = Self.address(String(parts[0])) else { return nil }
    guard let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8, (0...bytes.count * 8).contains(bits)
    else { return nil }
    guard bytes == Self.masked(bytes, bits) else { return nil }
    (self.bytes, self.bits) = (bytes, bits)
  }

  /// Whether an address lies in it; never one that is none.
  public func contains(_ address: String) -> Bool {
    guard let other = Self.address(address), other.count == bytes.count else { return false }
    return Self.masked(other, bits) == bytes
  }

  /// Whether all of it lies in another one.
  public func isWithin(_ other: Network) -> Bool {
    bytes.count == other.bytes.count && bits >= other.bits && Self.masked(bytes, other.bits) == other.bytes
  }

  /// Whether an address is in both.
  public func overlaps(_ other: Network) -> Bool { isWithin(other) || other.isWithin(self) }

  /// Whether none but this machine is in it (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3).
  public var isLoopback: Bool { Self.loopback.contains(where: isWithin) }

  /// Whether none of it is reached from the open network: loopback, private, link-local and unique local
  /// addresses (RFC 1918, RFC 3927, RFC 4193, RFC 4291).
  public var isPrivate: Bool { isLoopback || Self.local.contains(where: isWithin) }

  private static let loopback = ["127.0.0.0/8", "::1"].compactMap(Network.init)
  private static let local = [
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10",
  ].compactMap(Network.init)

  private static func masked(_ bytes: [UInt8], _ bits: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let kept = min(8, max(0, bits - index * 8))
      return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
    }
  }

  /// The four or sixteen bytes of a numeric address.
  private static func address(_ text: String) -> [UInt8]? {
    var (v4, v6) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: v4) { Array($0) } }
    if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: v6) { Array($0) } }
    return nil
  }
}
