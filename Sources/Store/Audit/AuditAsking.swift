extension EngineStore {
  /// Queues the change for the next commit; see ``AuditStore/change(_:completion:)``.
  public func change(
    _ change: AuditChange, completion: @escaping @Sendable (Result<Int, StoreError>) -> Void
  ) {
    if let error = queue.add(.audit(change, completion)) { completion(.failure(error)) }
  }

  /// The number of entries that were ever appended.
  public func auditSize() throws(StoreError) -> Int {
    try parts.auditing.use { reader throws(StoreError) in try reader.size() }
  }

  /// Entries in their order, from a number on.
  public func auditEntries(from number: Int, limit: Int) throws(StoreError) -> [StoredAuditEntry] {
    try parts.auditing.use { reader throws(StoreError) in try reader.entries(from: number, limit: limit) }
  }

  /// Entries of a patient, the oldest first.
  public func auditEntries(ofPatient patient: Int64) throws(StoreError) -> [StoredAuditEntry] {
    try parts.auditing.use { reader throws(StoreError) in try reader.entries(ofPatient: patient) }
  }

  /// Entries of a person, the oldest first.
  public func auditEntries(ofPerson person: Int64) throws(StoreError) -> [StoredAuditEntry] {
    try parts.auditing.use { reader throws(StoreError) in try reader.entries(ofPerson: person) }
  }

  /// The number of the first entry that is not older than a time.
  public func firstAuditEntry(since time: Int64) throws(StoreError) -> Int? {
    try parts.auditing.use { reader throws(StoreError) in try reader.first(since: time) }
  }

  /// The bytes of a full tile; nil where none is.
  public func auditTile(level: Int, number: Int) throws(StoreError) -> [UInt8]? {
    try parts.auditing.use { reader throws(StoreError) in try reader.tile(level: level, number: number) }
  }

  /// The place of each full tile.
  public func auditTiles() throws(StoreError) -> [AuditTilePlace] {
    try parts.auditing.use { reader throws(StoreError) in try reader.tiles() }
  }

  /// The keys of a patient.
  public func auditKeys(ofPseudonym pseudonym: [UInt8]) throws(StoreError) -> [AuditKey] {
    try parts.auditing.use { reader throws(StoreError) in try reader.keys(of: pseudonym) }
  }

  /// A page of all keys by their ids.
  public func auditKeys(after id: [UInt8], limit: Int) throws(StoreError) -> [AuditKey] {
    try parts.auditing.use { reader throws(StoreError) in try reader.keys(after: id, limit: limit) }
  }

  /// The key with an id, or nil.
  public func auditKey(_ id: [UInt8]) throws(StoreError) -> AuditKey? {
    try parts.auditing.use { reader throws(StoreError) in try reader.key(id) }
  }

  /// A page of the signed checkpoints, the smallest first.
  public func auditCheckpoints(after size: Int, limit: Int) throws(StoreError) -> [StoredCheckpoint] {
    try parts.auditing.use { reader throws(StoreError) in try reader.checkpoints(after: size, limit: limit) }
  }

  /// The largest signed checkpoint.
  public func lastAuditCheckpoint() throws(StoreError) -> StoredCheckpoint? {
    try parts.auditing.use { reader throws(StoreError) in try reader.lastCheckpoint() }
  }
}
