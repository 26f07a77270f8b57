/// Whoever has a connection that reads the audit log answers by it.
public protocol AuditAsking: AuditReading {
  /// The connection; of use to the store only.
  var auditing: AuditConnection { get }
}

/// A connection that reads the audit log.
public final class AuditConnection: Sendable {
  let reader: ReaderLock<AuditReader>

  init(_ connection: any SQLConnection) throws(StoreError) {
    reader = ReaderLock(try AuditReader(connection))
  }
}

extension AuditAsking {
  /// The number of entries that were ever appended.
  public func auditSize() throws(StoreError) -> Int {
    try auditing.reader.use { reader throws(StoreError) in try reader.size() }
  }

  /// Entries in their order, from a number on.
  public func auditEntries(from number: Int, limit: Int) throws(StoreError) -> [StoredAuditEntry] {
    try auditing.reader.use { reader throws(StoreError) in try reader.entries(from: number, limit: limit) }
  }

  /// Entries of a patient, the oldest first.
  public func auditEntries(ofPatient patient: Int64) throws(StoreError) -> [StoredAuditEntry] {
    try auditing.reader.use { reader throws(StoreError) in try reader.entries(ofPatient: patient) }
  }

  /// Entries of a person, the oldest first.
  public func auditEntries(ofPerson person: Int64) throws(StoreError) -> [StoredAuditEntry] {
    try auditing.reader.use { reader throws(StoreError) in try reader.entries(ofPerson: person) }
  }

  /// The number of the first entry that is not older than a time.
  public func firstAuditEntry(since time: Int64) throws(StoreError) -> Int? {
    try auditing.reader.use { reader throws(StoreError) in try reader.first(since: time) }
  }

  /// The bytes of a full tile; nil where none is.
  public func auditTile(level: Int, number: Int) throws(StoreError) -> [UInt8]? {
    try auditing.reader.use { reader throws(StoreError) in try reader.tile(level: level, number: number) }
  }

  /// The place of each full tile.
  public func auditTiles() throws(StoreError) -> [AuditTilePlace] {
    try auditing.reader.use { reader throws(StoreError) in try reader.tiles() }
  }

  /// The keys of a patient.
  public func auditKeys(ofPseudonym pseudonym: [UInt8]) throws(StoreError) -> [AuditKey] {
    try auditing.reader.use { reader throws(StoreError) in try reader.keys(of: pseudonym) }
  }

  /// A page of all keys by their ids.
  public func auditKeys(after id: [UInt8], limit: Int) throws(StoreError) -> [AuditKey] {
    try auditing.reader.use { reader throws(StoreError) in try reader.keys(after: id, limit: limit) }
  }

  /// The key with an id, or nil.
  public func auditKey(_ id: [UInt8]) throws(StoreError) -> AuditKey? {
    try auditing.reader.use { reader throws(StoreError) in try reader.key(id) }
  }

  /// A page of the signed checkpoints, the smallest first.
  public func auditCheckpoints(after size: Int, limit: Int) throws(StoreError) -> [StoredCheckpoint] {
    try auditing.reader.use { reader throws(StoreError) in try reader.checkpoints(after: size, limit: limit) }
  }

  /// The largest signed checkpoint.
  public func lastAuditCheckpoint() throws(StoreError) -> StoredCheckpoint? {
    try auditing.reader.use { reader throws(StoreError) in try reader.lastCheckpoint() }
  }

  /// Shows entries in their order, from a number on.
  public func visitAuditEntries(
    from number: Int, limit: Int, _ visit: (AuditRow, Span<UInt8>) -> Bool
  ) throws(StoreError) {
    try auditing.reader.use { reader throws(StoreError) in
      try reader.visit(from: number, limit: limit, visit)
    }
  }
}

extension EngineStore {
  /// The readers' connection.
  public var auditing: AuditConnection { parts.auditing }

  /// Queues the change for the next commit; see ``AuditStore/change(_:completion:)``.
  public func change(
    _ change: AuditChange, completion: @escaping @Sendable (Result<Int, StoreError>) -> Void
  ) {
    if let error = queue.add(.audit(change, completion)) { completion(.failure(error)) }
  }

  /// Looks at the whole log; see ``AuditStore/auditScans(_:)``.
  public func auditScans(_ most: Int) throws(StoreError) -> [AuditScan] {
    try AuditScan.together(most, parts.connect)
  }
}
