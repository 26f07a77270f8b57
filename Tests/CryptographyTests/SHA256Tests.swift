import Cryptography
import Testing

/// SHA-256 as NIST publishes it, and as the log of RFC 6962 uses it.
struct SHA256Tests {
  /// Digests from FIPS 180-4's examples (NIST's "SHA256" example values) and CAVP's SHA256ShortMsg.
  private static let published: [(message: [UInt8], digest: String)] = [
    ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ([0xD3], "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
    ([0x11, 0xAF], "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
    ([0xB4, 0x19, 0x0E], "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2"),
    (
      [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("Published messages have their published digests", arguments: published)
  func vectors(_ message: [UInt8], _ digest: String) {
    #expect(SHA256.digest(of: message).hexadecimal == digest)
  }

  @Test("A message in pieces, empty ones among them, has the digest of the whole", arguments: 0..<40)
  func pieces(_ seed: Int) {
    var random = SystemRandomNumberGenerator()
    let message = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255) }
    var hash = SHA256()
    var rest = message[...]
    while !rest.isEmpty {
      let count = Int.random(in: 0...rest.count, using: &random)
      hash.update(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    #expect(hash.finish() == SHA256.digest(of: message))
  }

  @Test("A text counts as its bytes in UTF-8")
  func text() {
    var hash = SHA256()
    hash.update("vårdkontakt")
    #expect(hash.finish() == SHA256.digest(of: Array("vårdkontakt".utf8)))
    #expect(SHA256.digest(of: []).bytes.count == SHA256.Digest.size)
  }

  @Test(
    "The reference tree of RFC 6962 comes out, leaf by leaf and level by level",
    .enabled(if: ReferenceTree.stored != nil, "the merkle suite is not there"))
  func referenceTree() throws {
    let tree = try #require(ReferenceTree.stored)
    var level = tree.leafInputsHex.map { SHA256.digest(of: [0] + ReferenceTree.bytes($0)) }
    for expected in tree.nodeHashesByLevel {
      #expect(level.map(\.hexadecimal) == expected)
      level = stride(from: 0, to: level.count - 1, by: 2).map { index in
        var hash = SHA256()
        hash.update([1])
        hash.update(level[index].bytes)
        hash.update(level[index + 1].bytes)
        return hash.finish()
      }
    }
  }
}
