/// A name that says nothing: of a resource, a patient or a value that is searched for.
///
/// The store only compares keys. Whoever makes them takes the beginning of a keyed hash, so that no index
/// holds a patient's number in clear.
@frozen
public struct HubKey: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
  /// How many bytes a key has.
  public static var size: Int { 16 }

  @usableFromInline let high, low: UInt64

  /// The key of 16 bytes in two numbers, big-endian.
  @inlinable public init(_ high: UInt64, _ low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The first ``size`` of these bytes; `nil` when they are fewer.
  @inlinable public init?(_ bytes: some Sequence<UInt8>) {
    var (high, low, count) = (0 as UInt64, 0 as UInt64, 0)
    for byte in bytes {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(byte)
      count += 1
      if count == Self.size { break }
    }
    guard count == Self.size else { return nil }
    self.init(high, low)
  }

  /// The key that ``hexadecimal`` wrote; `nil` for any other text.
  public init?(hexadecimal text: some StringProtocol) {
    self.init(hexadecimal: text.utf8)
  }

  /// The key that ``hexadecimal`` wrote, of UTF-8; `nil` for any other text.
  @inlinable public init?(hexadecimal text: some Sequence<UInt8>) {
    var (high, low, count) = (0 as UInt64, 0 as UInt64, 0)
    for character in text {
      guard let digit = Self.digit(character) else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | digit
      count += 1
    }
    guard count == Self.size * 2 else { return nil }
    self.init(high, low)
  }

  /// Small letters only: one key is written in one way.
  @inlinable static func digit(_ character: UInt8) -> UInt64? {
    switch character {
    case 0x30...0x39: UInt64(character - 0x30)
    case 0x61...0x66: UInt64(character - 0x61 + 10)
    default: nil
    }
  }

  /// The bytes, ``size`` of them.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// The bytes in hexadecimal, small letters: a FHIR id (R4, 2.24.0.1).
  public var hexadecimal: String {
    String(unsafeUninitializedCapacity: Self.size * 2) { text in
      for place in 0..<Self.size * 2 {
        let half = place < Self.size ? high : low
        let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % Self.size * 4) & 0xF)
        text[place] = digit < 10 ? 0x30 + digit : 0x61 + digit - 10
      }
      return Self.size * 2
    }
  }

  /// ``hexadecimal``.
  public var description: String { hexadecimal }

  /// Keys are hashes already: a part of one tells it from others as well as the whole does.
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(low) }

  /// Whether all bytes are the same.
  @inlinable public static func == (one: HubKey, other: HubKey) -> Bool {
    one.high == other.high && one.low == other.low
  }

  /// The order of the bytes.
  @inlinable public static func < (one: HubKey, other: HubKey) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }
}
