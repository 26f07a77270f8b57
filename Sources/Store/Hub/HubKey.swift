/// A name that says nothing: of a resource, a patient or a value that is searched for.
///
/// The store only compares keys. Whoever makes them takes the beginning of a keyed hash, so that no index
/// holds a patient's number in clear.
public struct HubKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// How many bytes a key has.
  public static let size = 16

  private let high, low: UInt64

  private init(_ high: UInt64, _ low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The first ``size`` of these bytes; `nil` when they are fewer.
  public init?(_ bytes: some Sequence<UInt8>) {
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
    guard text.utf8.count == Self.size * 2,
      text.allSatisfy({ $0.isASCII && $0.isHexDigit && !$0.isUppercase }),
      let high = UInt64(text.prefix(Self.size), radix: 16),
      let low = UInt64(text.suffix(Self.size), radix: 16)
    else { return nil }
    self.init(high, low)
  }

  /// The bytes, ``size`` of them.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// The bytes in hexadecimal, small letters: a FHIR id (R4, 2.24.0.1).
  public var hexadecimal: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// ``hexadecimal``.
  public var description: String { hexadecimal }

  /// The order of the bytes.
  public static func < (one: HubKey, other: HubKey) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }
}
