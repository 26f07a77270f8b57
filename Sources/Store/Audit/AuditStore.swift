/// Keeps the audit log. Entries that belong to a message come in with it; see ``NewMessage/audit``,
/// ``TranslationRecord/audit`` and ``DeliveryReport/audit``.
///
/// All functions may be called from any thread. Reading functions throw ``StoreError/closed`` or
/// ``StoreError/failed(doing:code:)`` and see the last commit.
public protocol AuditStore: Sendable {
  /// Makes a change by itself; the completion gets the size of the log after it, once it is on disk.
  ///
  /// Failures: ``StoreError/staleAuditKey``, ``StoreError/overloaded``, ``StoreError/closed`` or
  /// ``StoreError/failed(doing:code:)``; after each of them nothing is changed.
  func change(_ change: AuditChange, completion: @escaping @Sendable (Result<Int, StoreError>) -> Void)

  /// The number of entries that were ever appended.
  func auditSize() throws(StoreError) -> Int

  /// Entries in their order, from a number on; archived ones are left out.
  func auditEntries(from number: Int, limit: Int) throws(StoreError) -> [StoredAuditEntry]

  /// Entries of a patient, the oldest first: those whose number for searching is this one.
  func auditEntries(ofPatient patient: Int64) throws(StoreError) -> [StoredAuditEntry]

  /// Entries of a person, likewise.
  func auditEntries(ofPerson person: Int64) throws(StoreError) -> [StoredAuditEntry]

  /// The number of the first entry that is not older than a time, if entries are in the order of their times.
  func firstAuditEntry(since time: Int64) throws(StoreError) -> Int?

  /// The bytes of a full tile; nil where none is.
  func auditTile(level: Int, number: Int) throws(StoreError) -> [UInt8]?

  /// The place of each full tile.
  func auditTiles() throws(StoreError) -> [AuditTilePlace]

  /// The keys of a patient.
  func auditKeys(ofPseudonym pseudonym: [UInt8]) throws(StoreError) -> [AuditKey]

  /// A page of all keys by their ids.
  func auditKeys(after id: [UInt8], limit: Int) throws(StoreError) -> [AuditKey]

  /// The key with an id, or nil.
  func auditKey(_ id: [UInt8]) throws(StoreError) -> AuditKey?

  /// A page of the signed checkpoints of more than `size` entries, the smallest first.
  func auditCheckpoints(after size: Int, limit: Int) throws(StoreError) -> [StoredCheckpoint]

  /// The largest signed checkpoint.
  func lastAuditCheckpoint() throws(StoreError) -> StoredCheckpoint?
}

/// Where a tile stands.
public struct AuditTilePlace: Sendable, Hashable {
  /// From 0, whose hashes are those of entries.
  public let level: Int
  /// From 0 on its level.
  public let number: Int

  /// The place of a tile.
  public init(level: Int, number: Int) {
    self.level = level
    self.number = number
  }
}
