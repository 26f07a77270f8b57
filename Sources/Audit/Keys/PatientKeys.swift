import Cryptography
import Store
import Synchronization

/// A patient's key, and how an entry names it.
struct PatientKey: Sendable {
  let bytes: [UInt8]
  let use: AuditKeyUse
}

/// Finds and makes patients' keys, and keeps those that were used lately in memory.
///
/// Two keys of one patient, as when memory was emptied before the first one was stored, do no harm: each entry
/// names its own.
final class PatientKeys: Sendable {
  private let store: any AuditStore
  private let provider: any KeyProvider
  private let known = Mutex(LatelyUsed<KeyName, PatientKey>(most: 50_000))

  init(_ store: any AuditStore, _ provider: any KeyProvider) {
    self.store = store
    self.provider = provider
  }

  func pseudonym(of patient: PatientIdentifier) throws(AuditError) -> [UInt8] {
    Array(try provider.pseudonym(of: patient.canonical).prefix(SealedPatient.identifierSize))
  }

  /// The key to encrypt with.
  func key(of pseudonym: [UInt8]) throws -> PatientKey {
    guard let name = KeyName(pseudonym) else { return try make(pseudonym) }
    return try known.withLock { known in
      if let key = known[name] { return key }
      let key = try find(pseudonym) ?? make(pseudonym)
      known[name] = key
      return key
    }
  }

  /// The key with an id; nil when it is destroyed.
  func key(id: [UInt8]) throws -> [UInt8]? {
    guard let stored = try store.auditKey(id) else { return nil }
    return try provider.unwrap(stored.wrapped, context: Self.context(stored))
  }

  /// Forgets a patient's key; its id, if one was known.
  func forget(_ pseudonym: [UInt8]) -> [UInt8]? {
    KeyName(pseudonym).flatMap { name in known.withLock { $0.remove(name)?.use.id } }
  }

  private func find(_ pseudonym: [UInt8]) throws -> PatientKey? {
    for stored in try store.auditKeys(ofPseudonym: pseudonym) {
      if let bytes = try provider.unwrap(stored.wrapped, context: Self.context(stored)) {
        return PatientKey(bytes: bytes, use: .stored(id: stored.id))
      }
    }
    return nil
  }

  private func make(_ pseudonym: [UInt8]) throws(AuditError) -> PatientKey {
    let id = Randomness.bytes(SealedPatient.identifierSize)
    let bytes = Randomness.bytes(AESGCM.keySize)
    let wrapped = try provider.wrap(bytes, context: pseudonym + id)
    return PatientKey(bytes: bytes, use: .new(AuditKey(id: id, pseudonym: pseudonym, wrapped: wrapped)))
  }

  static func context(_ key: AuditKey) -> [UInt8] { key.pseudonym + key.id }
}
