import Cryptography

extension SignedNote {
  /// What checking a note with known keys found.
  public enum Verdict: Sendable, Equatable {
    /// Signed by these keys, in the order of the lines.
    case signed(by: [NoteKey])
    /// The signature that claims to be this key's is none.
    case wrong(NoteKey)
    /// No known key signed it.
    case unknown
  }

  /// Checks the note; lines by unknown keys are passed over, as the specification wants it.
  public func verify(_ keys: [NoteKey]) -> Verdict {
    var signers: [NoteKey] = []
    for signature in signatures {
      guard let key = keys.first(where: { $0.name == signature.name && $0.id == signature.keyID }) else {
        continue
      }
      guard key.verifies(signature.bytes, text: text) else { return .wrong(key) }
      signers.append(key)
    }
    return signers.isEmpty ? .unknown : .signed(by: signers)
  }

  /// Whether every line is a different known key's, and a key of that kind and name is among them.
  func isExactly(by keys: [NoteKey], including name: String) -> Bool {
    guard case .signed(let signers) = verify(keys), signers.count == signatures.count,
      Set(signers).count == signers.count
    else { return false }
    return signers.contains { $0.kind == .ed25519 && $0.name == name }
  }
}

extension NoteKey {
  /// Whether the bytes of a signature line are this key's for a text.
  func verifies(_ signature: [UInt8], text: String) -> Bool {
    switch kind {
    case .ed25519:
      Ed25519.verify(signature, of: Array(text.utf8), publicKey: publicKey)
    case .cosignature:
      Cosignature(signature).map { Ed25519.verify($0.signature, of: $0.message(text), publicKey: publicKey) }
        ?? false
    }
  }
}
