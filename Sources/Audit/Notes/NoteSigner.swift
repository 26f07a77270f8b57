import Cryptography

/// A private key that signs notes.
public struct NoteSigner: Sendable {
  /// The public half.
  public let key: NoteKey
  private let privateKey: Ed25519.PrivateKey

  /// A signer of that name; nil when the name is none for a key.
  public init?(name: String, kind: NoteKey.Kind, privateKey: Ed25519.PrivateKey) {
    guard let key = NoteKey(name: name, kind: kind, publicKey: privateKey.publicKey) else { return nil }
    self.key = key
    self.privateKey = privateKey
  }

  /// Reads `PRIVATE+KEY+NAME+ID+BASE64`, as Go's note package writes it.
  public init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY", let bytes = Base64.decode(parts[4]),
      let kind = bytes.first.flatMap(NoteKey.Kind.init),
      let seed = Ed25519.PrivateKey(seed: Array(bytes.dropFirst()))
    else { return nil }
    self.init(name: String(parts[2]), kind: kind, privateKey: seed)
    guard Hexadecimal.text(key.id) == parts[3] else { return nil }
  }

  /// The private key's text; keep it secret.
  var secret: String {
    "PRIVATE+KEY+\(key.name)+\(Hexadecimal.text(key.id))+\(Base64.encode([key.kind.rawValue] + privateKey.seed))"
  }

  /// The signature of a note's text.
  ///
  /// - Parameter time: seconds since 1970, UTC; written in cosignatures only.
  public func sign(_ text: String, time: Int64) -> SignedNote.Signature {
    let bytes: [UInt8]
    switch key.kind {
    case .ed25519: bytes = privateKey.sign(Array(text.utf8))
    case .cosignature:
      bytes = Cosignature(time: time, signature: privateKey.sign(Cosignature.message(text, time: time))).bytes
    }
    return SignedNote.Signature(name: key.name, keyID: key.id, bytes: bytes)
  }
}

/// The keys that a log or a witness signs with, in a file with rights 0600.
///
/// Each line is a private key as ``NoteSigner`` reads it, or the public key of an earlier one. The last private
/// key signs; all are good for checking.
public struct SigningKeys: Sendable {
  /// The key that signs.
  public let signer: NoteSigner
  /// All keys, for checking.
  public let keys: [NoteKey]

  /// Reads a file. Throws ``AuditError/unsafeFile(path:reason:)``, ``AuditError/file(path:reason:)`` or
  /// ``AuditError/malformed(path:reason:)``.
  public init(_ path: String) throws(AuditError) {
    var signers: [NoteSigner] = []
    var keys: [NoteKey] = []
    for line in try SecretFile.lines(path) {
      if let signer = NoteSigner(line) {
        signers.append(signer)
        keys.append(signer.key)
      } else if let key = NoteKey(line) {
        keys.append(key)
      } else {
        throw .malformed(path: path, reason: "a line is neither a private nor a public key for notes")
      }
    }
    guard let signer = signers.last, keys.allSatisfy({ $0.name == signer.key.name }) else {
      throw .malformed(path: path, reason: "a private key is needed, and all keys have one name")
    }
    self.signer = signer
    self.keys = keys
  }

  /// Makes a file with a new key. Throws ``AuditError/file(path:reason:)``, also when it is there already.
  public static func create(_ path: String, name: String, kind: NoteKey.Kind) throws(AuditError) {
    guard let signer = NoteSigner(name: name, kind: kind, privateKey: .random()) else {
      throw .malformed(path: path, reason: "`\(name)` is no name for a key: spaces and + are not allowed")
    }
    try SecretFile.create(path, signer.secret + "\n")
  }
}
