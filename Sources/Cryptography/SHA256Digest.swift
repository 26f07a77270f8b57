extension SHA256 {
  /// The 32 bytes that SHA-256 gives. They lie in the value itself, so that millions of them cost no allocations, and
  /// an array of them is their bytes one after another.
  public struct Digest: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    /// How many bytes a digest has.
    public static let size = 32

    /// The bytes as they lie in memory.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// A digest that is written into its place.
    init(_ fill: (UnsafeMutableRawBufferPointer) -> Void) {
      withUnsafeMutableBytes(of: &words, fill)
    }

    /// A digest that was made elsewhere; nil unless there are ``size`` bytes.
    public init?(bytes: some Collection<UInt8>) {
      guard bytes.count == Self.size else { return nil }
      self.init { $0.copyBytes(from: bytes) }
    }

    /// The bytes, ``size`` of them.
    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// The first eight bytes as a number, the first the highest.
    public var beginning: UInt64 { firstHalf.high }

    /// The first 16 bytes as two such numbers.
    public var firstHalf: (high: UInt64, low: UInt64) {
      (UInt64(bigEndian: words.0), UInt64(bigEndian: words.1))
    }

    /// The bytes in hexadecimal, small letters.
    public var hexadecimal: String {
      String(unsafeUninitializedCapacity: Self.size * 2) { text in
        withUnsafeBytes(of: words) { bytes in
          for (place, byte) in bytes.enumerated() {
            text[place * 2] = Self.digit(byte >> 4)
            text[place * 2 + 1] = Self.digit(byte & 0xF)
          }
        }
        return Self.size * 2
      }
    }

    private static func digit(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x61 + half - 10 }

    /// ``hexadecimal``.
    public var description: String { hexadecimal }

    /// Whether both are the same bytes.
    public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

    /// Its beginning says enough: it is as good as random.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
  }
}
