public import Cryptography

/// An entry for the audit log. The store keeps the record as it is and gives it its place in the tree.
public struct NewAuditEntry: Sendable, Equatable {
  /// The canonical bytes.
  public let record: [UInt8]
  /// The Merkle hash of the record, computed where it was made, outside the writer.
  public let leaf: SHA256.Digest
  /// When it happened, in milliseconds since 1970, UTC.
  public let time: Int64
  /// The number that a patient's entries are found by; no plain hash. Nil without a patient.
  public let patient: Int64?
  /// The number that a person's entries are found by; nil without a person.
  public let person: Int64?
  /// The key that the patient is encrypted with.
  public let key: AuditKeyUse?

  /// An entry with these parts.
  public init(
    record: [UInt8], time: Int64, patient: Int64? = nil, person: Int64? = nil, key: AuditKeyUse? = nil
  ) {
    self.record = record
    self.leaf = MerkleTree.leaf(record)
    self.time = time
    self.patient = patient
    self.person = person
    self.key = key
  }
}

/// How an entry names its patient's key. An entry is refused as stale when the key is gone.
public enum AuditKeyUse: Sendable, Equatable {
  /// A key that is in the store.
  case stored(id: [UInt8])
  /// A key that perhaps is not there yet, and is stored with the entry then.
  case new(AuditKey)

  /// The key's id.
  public var id: [UInt8] {
    switch self {
    case .stored(let id): id
    case .new(let key): key.id
    }
  }
}

/// A patient's key, wrapped by the master key.
public struct AuditKey: Sendable, Equatable {
  /// Bytes by chance, without meaning.
  public let id: [UInt8]
  /// Whose key it is.
  public let pseudonym: [UInt8]
  /// The key, encrypted.
  public let wrapped: [UInt8]

  /// A key with these parts.
  public init(id: [UInt8], pseudonym: [UInt8], wrapped: [UInt8]) {
    self.id = id
    self.pseudonym = pseudonym
    self.wrapped = wrapped
  }
}
