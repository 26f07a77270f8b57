import Cryptography
import Testing

/// AES-256-GCM by test cases 14 and 16 of the GCM specification that NIST published.
struct AESGCMTests {
  private static let bytes = ReferenceTree.bytes

  @Test("Published boxes come out")
  func published() {
    let zero = AESGCM.seal(
      [UInt8](repeating: 0, count: 16), key: [UInt8](repeating: 0, count: 32), context: [],
      nonce: [UInt8](repeating: 0, count: 12))
    #expect(
      Array(zero.dropFirst(12))
        == Self.bytes("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"))
    let box = AESGCM.seal(
      Self.bytes(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
          + "b16aedf5aa0de657ba637b39"),
      key: Self.bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
      context: Self.bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
      nonce: Self.bytes("cafebabefacedbaddecaf888"))
    #expect(Array(box.suffix(16)) == Self.bytes("76fc6ece0f4e1768cddf8853bb2d551b"))
    #expect(Array(box.dropFirst(12).prefix(8)) == Self.bytes("522dc1f099567d07"))
  }

  @Test("A box opens with its key and context, and with nothing else")
  func opening() {
    let key = Randomness.bytes(32)
    var box = AESGCM.seal(Array("content".utf8), key: key, context: [7])
    #expect(AESGCM.open(box, key: key, context: [7]) == Array("content".utf8))
    #expect(AESGCM.open(box, key: key, context: []) == nil)
    #expect(AESGCM.open(box, key: Randomness.bytes(32), context: [7]) == nil)
    #expect(AESGCM.open([], key: key, context: [7]) == nil)
    #expect(AESGCM.seal(Array("content".utf8), key: key, context: [7]) != box)
    #expect(AESGCM.open(AESGCM.seal([], key: key, context: []), key: key, context: []) == [])
    for index in box.indices {
      box[index] ^= 1
      #expect(AESGCM.open(box, key: key, context: [7]) == nil)
      box[index] ^= 1
    }
  }
}
