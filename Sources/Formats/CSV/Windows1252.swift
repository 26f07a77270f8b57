/// Windows code page 1252, as Unicode maps it; five of its bytes stand for nothing.
enum Windows1252 {
  /// The characters of the bytes 0x80 to 0x9F, 0 for none; all other bytes are those of Latin-1.
  private static let special: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
  ]

  /// The character of a byte; `nil` where there is none.
  static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    let value = special[Int(byte) - 0x80]
    return value == 0 ? nil : Unicode.Scalar(value)
  }

  /// The byte of a character; `nil` where there is none.
  static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    let value = scalar.value
    if value < 0x80 || (0xA0..<0x100).contains(value) { return UInt8(truncatingIfNeeded: value) }
    return special.firstIndex { UInt32($0) == value && value > 0 }.map { UInt8($0 + 0x80) }
  }
}
