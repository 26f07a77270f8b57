import Foundation
import Store
import TestRig
import Testing

struct HubKeyTests {
  @Test("A key is written in hexadecimal as everybody writes it, and read from nothing else")
  func hexadecimal() throws {
    var chance = Seeded(seed: 1)
    for _ in 0..<200 {
      let bytes = (0..<HubKey.size).map { _ in UInt8.random(in: 0...255, using: &chance) }
      let key = try #require(HubKey(bytes))
      let text = bytes.map { String(format: "%02x", $0) }.joined()
      #expect(key.hexadecimal == text && key.bytes == bytes && HubKey(hexadecimal: text) == key)
    }
    let text = String(repeating: "0a", count: HubKey.size)
    for other in [
      text.uppercased(), text + "0", String(text.dropLast()), "", "g" + text.dropFirst(),
      "å" + text.dropFirst(2),
    ] {
      #expect(HubKey(hexadecimal: other) == nil, "\(other)")
    }
  }
}
