/// Validation of UTF-8 as RFC 3629 defines it.
enum UTF8Validation {
  /// The offset of the first byte that is not part of well-formed UTF-8, or `nil`.
  static func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      let length = sequenceLength(bytes, at)
      if length == 0 { return at }
      at += length
    }
    return nil
  }

  /// The length of the sequence that starts here, 0 when it is malformed.
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let lead = bytes[at]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, at + length <= bytes.count else { return 0 }
    let second = bytes[at + 1]
    let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
    guard second >= lowest, second <= highest else { return 0 }
    for i in 2..<max(2, length) where bytes[at + i] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
