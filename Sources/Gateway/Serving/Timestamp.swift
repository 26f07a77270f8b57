import Foundation

/// The gateway's clock and the ids made from it: the rim, where time and chance enter.
enum Timestamp {
  /// Milliseconds since 1970, UTC.
  static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// Milliseconds since the machine was started, which nobody sets.
  static func ticks() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// As an instant in UTC with milliseconds: `2026-11-21T09:15:00.123Z`.
  static func text(milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// A UUID of version 7 (RFC 9562, section 5.7): it grows with time.
  static func identifier(milliseconds: Int64) -> String {
    var random = SystemRandomNumberGenerator()
    let high = UInt64(bitPattern: milliseconds) << 16 | 0x7000 | random.next() & 0x0FFF
    let low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
      let half = index < 16 ? high : low
      let nibble = UInt8(truncatingIfNeeded: half >> UInt64((15 - index % 16) * 4)) & 15
      text.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
