extension SHA256 {
  /// The 32 bytes that SHA-256 gives.
  public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes a digest has.
    public static let size = 32

    /// The bytes, ``size`` of them.
    public let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
    }

    /// A digest that was made elsewhere; nil unless there are ``size`` bytes.
    public init?(bytes: some Collection<UInt8>) {
      guard bytes.count == Self.size else { return nil }
      self.bytes = Array(bytes)
    }

    /// The bytes in hexadecimal, small letters.
    public var hexadecimal: String {
      let digits = Array("0123456789abcdef".utf8)
      return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// ``hexadecimal``.
    public var description: String { hexadecimal }
  }
}
