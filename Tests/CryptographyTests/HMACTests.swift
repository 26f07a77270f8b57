import Cryptography
import Testing

/// HMAC-SHA-256 by the test cases of RFC 4231, section 4.
struct HMACTests {
  @Test("The codes of RFC 4231")
  func vectors() {
    let first = HMAC.code(of: "Hi There", key: [UInt8](repeating: 0x0b, count: 20))
    #expect(first.hexadecimal == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    let second = HMAC.code(of: "what do ya want for nothing?", key: Array("Jefe".utf8))
    #expect(second.hexadecimal == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let long = HMAC.code(
      of: "Test Using Larger Than Block-Size Key - Hash Key First", key: [UInt8](repeating: 0xaa, count: 131))
    #expect(long.hexadecimal == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }

  @Test("A prepared key gives the same codes, one after another")
  func prepared() {
    let key = [UInt8](repeating: 0x0b, count: 20)
    let coder = KeyedCoder(key: key)
    for text in ["Hi There", "", String(repeating: "long ", count: 100), "Hi There"] {
      let code = coder.code(of: Array(text.utf8))
      #expect(code.bytes == HMAC.code(of: text, key: key).bytes)
      let halves = [code.firstHalf.high, code.firstHalf.low].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
      }
      #expect(halves == Array(code.bytes.prefix(16)))
    }
  }

  @Test("Another key gives another code, and nothing has one too")
  func keys() {
    #expect(HMAC.code(of: "a", key: [1]) != HMAC.code(of: "a", key: [2]))
    #expect(HMAC.code(of: "", key: [1]) != HMAC.code(of: "", key: [2]))
  }
}
