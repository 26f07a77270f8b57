import Cryptography

/// A public key that checks signatures on notes (C2SP signed-note): a name, a type and 32 bytes of Ed25519.
public struct NoteKey: Sendable, Hashable, CustomStringConvertible {
  /// What a signature by the key is.
  public enum Kind: UInt8, Sendable {
    /// Ed25519 over the note's text.
    case ed25519 = 1
    /// A witness's cosignature with a time (C2SP tlog-cosignature).
    case cosignature = 4
  }

  /// The key's name; a log's is its origin.
  public let name: String
  /// What it signs.
  public let kind: Kind
  /// The key's 32 bytes (RFC 8032).
  public let publicKey: [UInt8]
  /// The first four bytes of SHA-256 over the name, a line end, the type and the key.
  public let id: [UInt8]

  /// A key; nil when the name is empty, or holds spaces, plus signs or control characters.
  public init?(name: String, kind: Kind, publicKey: [UInt8]) {
    let isFit = { (scalar: Unicode.Scalar) in
      !scalar.properties.isWhitespace && scalar != "+" && scalar.value > 31
    }
    guard !name.isEmpty, name.unicodeScalars.allSatisfy(isFit), publicKey.count == Ed25519.keySize else {
      return nil
    }
    self.name = name
    self.kind = kind
    self.publicKey = publicKey
    id = Array(SHA256.digest(of: Array(name.utf8) + [10, kind.rawValue] + publicKey).bytes.prefix(4))
  }

  /// Reads a verifier key, `NAME+ID+BASE64`; nil when it is none or its id is wrong.
  public init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.decode(parts[2]), let kind = bytes.first.flatMap(Kind.init)
    else {
      return nil
    }
    self.init(name: String(parts[0]), kind: kind, publicKey: Array(bytes.dropFirst()))
    guard Hexadecimal.text(id) == parts[1] else { return nil }
  }

  /// The verifier key's text, `NAME+ID+BASE64`.
  public var description: String {
    "\(name)+\(Hexadecimal.text(id))+\(Base64.encode([kind.rawValue] + publicKey))"
  }
}

/// Bytes in hexadecimal, small letters.
enum Hexadecimal {
  static func text(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
