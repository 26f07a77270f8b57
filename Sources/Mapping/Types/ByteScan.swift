/// Looks at a text eight bytes at a time for bytes that a type may not have.
///
/// Of every message each value is looked at; nearly all of them have none of these bytes.
struct ByteScan: BitwiseCopyable {
  /// Whether a byte is below a bound, or DEL.
  private(set) var holdsControl = false
  /// Whether a byte is 0xEF, with which U+FFFE and U+FFFF begin.
  private(set) var holdsEF = false

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// - Parameter bound: at most 0x80.
  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, below bound: UInt8) {
    guard let base = text.baseAddress.map(UnsafeRawPointer.init) else { return }
    let bounds = Self.ones &* UInt64(bound)
    if text.count < 8 {
      look(at: Self.word(text), bounds)
    } else {
      var at = 0
      while at &+ 8 < text.count {
        look(at: base.loadUnaligned(fromByteOffset: at, as: UInt64.self), bounds)
        at &+= 8
      }
      look(at: base.loadUnaligned(fromByteOffset: text.count &- 8, as: UInt64.self), bounds)
    }
  }

  /// Fewer than eight bytes, filled with letters.
  @inline(__always)
  private static func word(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var word = ones &* UInt64(UInt8(ascii: "a"))
    for byte in text { word = word << 8 | UInt64(byte) }
    return word
  }

  @inline(__always)
  private mutating func look(at word: UInt64, _ bounds: UInt64) {
    let low = (word &- bounds) & ~word & Self.highs
    if low | Self.equal(word, 0x7F) != 0 { holdsControl = true }
    if Self.equal(word, 0xEF) != 0 { holdsEF = true }
  }

  /// Not zero when a byte of the word is this one.
  @inline(__always)
  private static func equal(_ word: UInt64, _ byte: UInt64) -> UInt64 {
    let difference = word ^ (ones &* byte)
    return (difference &- ones) & ~difference & highs
  }
}
