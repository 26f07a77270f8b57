/// What is kept of the audit log, to be read.
///
/// All functions may be called from any thread, and throw ``StoreError/closed`` or
/// ``StoreError/failed(doing:code:)``.
public protocol AuditReading: Sendable {
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

  /// Shows entries in their order, from a number on, where they lie; archived ones are left out.
  ///
  /// - Parameter visit: what is shown, and the canonical bytes; it says whether it wants more. It must not ask the
  ///   same store for anything.
  func visitAuditEntries(
    from number: Int, limit: Int, _ visit: (AuditRow, Span<UInt8>) -> Bool
  ) throws(StoreError)
}

/// What stands beside an entry's record.
public struct AuditRow: Sendable {
  /// Its place in the tree, from 0.
  public let number: Int
  /// When it happened, in milliseconds since 1970, UTC.
  public let time: Int64
  /// The number that its patient's entries are found by.
  public let patient: Int64?
  /// The number that its person's entries are found by.
  public let person: Int64?
}
