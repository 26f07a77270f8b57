/// The characters that a message is cut at: MSH-1 and MSH-2 (HL7 v2.5.1, section 2.5.4).
struct HL7v2Delimiters: Equatable {
  /// Stands for a delimiter that MSH-2 does not name: it ends segments, so it never occurs in one.
  static let none = UInt8(ascii: "\n")

  var field = UInt8(ascii: "|")
  var component = UInt8(ascii: "^")
  var repetition = UInt8(ascii: "~")
  var escape = UInt8(ascii: "\\")
  var subcomponent = UInt8(ascii: "&")

  /// The usual ones.
  init() {}

  /// Those of a header; `nil` when they are letters, digits, twice the same, none, or more than the standard
  /// knows.
  init?(field: UInt8, encoding: some Collection<UInt8>) {
    let all = [field] + encoding
    guard (2...6).contains(all.count), Set(all).count == all.count, all.allSatisfy(Self.mayDelimit) else {
      return nil
    }
    let named = all + [UInt8](repeating: Self.none, count: 4)
    (self.field, component, repetition, escape, subcomponent) = (
      field, named[1], named[2], named[3], named[4]
    )
  }

  private static func mayDelimit(_ byte: UInt8) -> Bool {
    let isWord = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    return byte > 0x20 && byte < 0x7F && !isWord && byte != UInt8(ascii: "\"")
  }
}

/// A set of ASCII bytes.
struct ByteSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ bytes: [UInt8]) {
    for byte in bytes {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte < 64 ? (low >> UInt64(byte)) & 1 == 1 : byte < 128 && (high >> UInt64(byte & 63)) & 1 == 1
  }
}

extension HL7v2Delimiters {
  /// Everything that ends a text or stands for something else in it.
  var special: ByteSet {
    ByteSet([field, component, repetition, escape, subcomponent, UInt8(ascii: "\r"), UInt8(ascii: "\n")])
  }
}
