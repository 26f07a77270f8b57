/// An amount of Swedish kronor in whole öre. It never passes through a binary fraction.
public struct Money: Hashable, Sendable, Comparable {
  /// Hundredths of a krona.
  public let öre: Int64

  /// Nothing.
  public static let zero = Money(öre: 0)

  /// An amount in öre.
  public init(öre: Int64) {
    self.öre = öre
  }

  /// Reads kronor as files write them: `500`, `500.5`, `-12.50`. Nil for anything else, for more than two
  /// decimals, and for what does not fit.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: text.utf8)
  }

  /// Likewise, of UTF-8.
  init?(utf8 text: some Collection<UInt8>) {
    var digits: Int64 = 0
    var decimals: Int?
    let isNegative = text.first == UInt8(ascii: "-")
    let bytes = isNegative ? text.dropFirst() : text.dropFirst(0)
    guard let first = bytes.first, first &- 0x30 < 10 else { return nil }
    for byte in bytes {
      if byte == UInt8(ascii: "."), decimals == nil {
        decimals = 0
        continue
      }
      guard byte &- 0x30 < 10, let next = Self.append(byte, to: digits) else { return nil }
      digits = next
      decimals = decimals.map { $0 + 1 }
    }
    guard decimals != 0, (decimals ?? 0) <= 2 else { return nil }
    for _ in (decimals ?? 0)..<2 {
      guard let next = Self.append(0x30, to: digits) else { return nil }
      digits = next
    }
    öre = isNegative ? -digits : digits
  }

  private static func append(_ byte: UInt8, to digits: Int64) -> Int64? {
    let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
    let (sum, overflows) = tens.addingReportingOverflow(Int64(byte &- 0x30))
    return overflow || overflows ? nil : sum
  }

  /// The lesser amount first.
  public static func < (one: Money, other: Money) -> Bool { one.öre < other.öre }
  /// The sum.
  public static func + (one: Money, other: Money) -> Money { Money(öre: one.öre + other.öre) }
  /// The difference.
  public static func - (one: Money, other: Money) -> Money { Money(öre: one.öre - other.öre) }
  /// Adds to an amount.
  public static func += (one: inout Money, other: Money) { one = one + other }
  /// Several times the amount.
  public static func * (one: Money, count: Int64) -> Money { Money(öre: one.öre * count) }
  /// The same amount the other way.
  public static prefix func - (one: Money) -> Money { Money(öre: -one.öre) }
}

extension Money: CustomStringConvertible {
  /// Kronor with two decimals behind a point: `500.00`.
  public var description: String { text(point: ".") }

  /// Likewise, with another decimal sign.
  public func text(point: String) -> String {
    let magnitude = öre.magnitude
    let rest = magnitude % 100
    return (öre < 0 ? "-" : "") + String(magnitude / 100) + point + (rest < 10 ? "0" : "") + String(rest)
  }
}
