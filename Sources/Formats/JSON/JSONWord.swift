/// Eight bytes of a JSON text, looked at together.
enum JSONWord {
  /// Whether none of them is a quote, a backslash or below 0x20.
  @inline(__always)
  static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let found = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
    return found & highs == 0
  }

  /// How many of the bytes, from an index on, are certainly so: a multiple of eight.
  @inline(__always)
  static func plainRun(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress.map(UnsafeRawPointer.init) else { return 0 }
    var end = start
    while end + 8 <= bytes.count, isPlain(base.loadUnaligned(fromByteOffset: end, as: UInt64.self)) {
      end += 8
    }
    return end - start
  }
}
