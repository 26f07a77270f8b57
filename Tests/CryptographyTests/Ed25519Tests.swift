import Cryptography
import Testing

/// Ed25519 by the test vectors of RFC 8032, section 7.1.
struct Ed25519Tests {
  struct Vector: Sendable {
    let seed, publicKey, message, signature: String
  }

  private static let vectors = [
    Vector(
      seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
      signature:
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        + "d25bf5f0595bbe24655141438e7a100b"),
    Vector(
      seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
      signature:
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        + "4a7c15e9716ed28dc027beceea1ec40a"),
  ]

  @Test("The vectors of RFC 8032", arguments: vectors)
  func published(_ vector: Vector) throws {
    let key = try #require(Ed25519.PrivateKey(seed: ReferenceTree.bytes(vector.seed)))
    let message = ReferenceTree.bytes(vector.message)
    let signature = ReferenceTree.bytes(vector.signature)
    #expect(key.publicKey == ReferenceTree.bytes(vector.publicKey))
    #expect(key.sign(message) == signature)
    #expect(Ed25519.verify(signature, of: message, publicKey: key.publicKey))
  }

  @Test("A changed signature, message or key does not verify")
  func changed() {
    let key = Ed25519.PrivateKey.random()
    let message: [UInt8] = [1, 2, 3]
    var signature = key.sign(message)
    #expect(!Ed25519.verify(signature, of: [1, 2], publicKey: key.publicKey))
    #expect(!Ed25519.verify(signature, of: message, publicKey: Ed25519.PrivateKey.random().publicKey))
    #expect(!Ed25519.verify(signature, of: message, publicKey: []))
    signature[5] ^= 1
    #expect(!Ed25519.verify(signature, of: message, publicKey: key.publicKey))
    #expect(!Ed25519.verify([], of: message, publicKey: key.publicKey))
  }

  @Test("Seeds have 32 bytes")
  func seeds() {
    #expect(Ed25519.PrivateKey(seed: []) == nil)
    #expect(Ed25519.PrivateKey(seed: [UInt8](repeating: 1, count: 33)) == nil)
  }
}
