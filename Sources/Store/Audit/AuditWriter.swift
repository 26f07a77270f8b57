import Cryptography

/// The statements about the audit log of the one connection that writes.
final class AuditWriter {
  private let connection: any SQLConnection
  private let insert, insertTile, insertKey, findKey, eraseKeys, checkpoint, archive: any SQLStatement
  /// Nil until the next append reads it, at the start and after a batch that failed.
  private var tiles: AuditTiles?
  private var isErasing = false
  /// Ids of keys that were destroyed perhaps before they were stored; those of the open batch apart.
  private var refused: Set<[UInt8]> = []
  private var refusedInBatch: Set<[UInt8]> = []
  private let refusals: SharedAuditRefusals?
  /// Keys that are stored, or are with the open batch; nil where other gateways destroy keys as well.
  private var stored: Set<[UInt8]>?

  init(_ connection: any SQLConnection) throws(StoreError) {
    self.connection = connection
    func prepare(_ sql: String) throws(StoreError) -> any SQLStatement {
      try connection.statement(sql, doing: "writing the audit log")
    }
    insert = try prepare("INSERT INTO audit (number, time, patient, person, record) VALUES (?, ?, ?, ?, ?)")
    insertTile = try prepare("INSERT INTO audit_tile (place, hashes) VALUES (?, ?)")
    insertKey = try prepare(
      "INSERT INTO audit_key (id, pseudonym, wrapped) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING")
    findKey = try prepare("SELECT 1 FROM audit_key WHERE id = ?")
    eraseKeys = try prepare("DELETE FROM audit_key WHERE pseudonym = ?")
    checkpoint = try prepare(
      "INSERT INTO audit_checkpoint (size, note) VALUES (?, ?) ON CONFLICT (size) DO UPDATE SET note = excluded.note"
    )
    archive = try prepare("DELETE FROM audit WHERE number < ?")
    refusals = connection.dialect.isShared ? try SharedAuditRefusals(connection) : nil
    stored = connection.dialect.isShared ? nil : []
  }

  // MARK: the batch

  /// Whether keys were destroyed since the last call.
  func hasErased() -> Bool {
    refused.formUnion(refusedInBatch)
    refusedInBatch = []
    defer { isErasing = false }
    return isErasing
  }

  /// Takes in what other gateways have appended, by the log's size in the open transaction.
  func expect(size: Int) throws(StoreError) {
    guard var grown = tiles, grown.size != size else { return }
    tiles = nil
    guard size > grown.size, size - grown.size <= Self.mostToTakeIn else { return }
    let entries = try AuditReader(connection).entries(from: grown.size, limit: size - grown.size)
    for entry in entries { _ = grown.append(MerkleTree.leaf(entry.record)) }
    if grown.size == size { tiles = grown }
  }

  private static let mostToTakeIn = 4096

  func abandonBatch() throws(StoreError) {
    tiles = nil
    isErasing = false
    refusedInBatch = []
    stored?.removeAll()
  }

  // MARK: entries

  /// ``check(_:)`` will be called before anything is written.
  func foresee(_ entries: [NewAuditEntry]) throws(StoreError) {
    for key in entries.lazy.compactMap(\.key) {
      switch key {
      case .stored(let id):
        try findKey.bind(id, at: 1)
        try findKey.foresee()
      case .new(let key): try refusals?.foresee(key.id)
      }
    }
  }

  /// Throws ``StoreError/staleAuditKey`` when ``append(_:)`` could not take the entries; writes nothing.
  func check(_ entries: [NewAuditEntry]) throws(StoreError) {
    for entry in entries {
      switch entry.key {
      case nil: break
      case .stored(let id): guard try isStored(id) else { throw .staleAuditKey }
      case .new(let key):
        guard refused.isEmpty || !refused.contains(key.id),
          refusedInBatch.isEmpty || !refusedInBatch.contains(key.id),
          try refusals?.contains(key.id) != true
        else { throw .staleAuditKey }
      }
    }
  }

  func append(_ entries: [NewAuditEntry]) throws(StoreError) {
    guard !entries.isEmpty else { return }
    var tiles = try current()
    // One owner only, or each leaf would copy its tile.
    self.tiles = nil
    for entry in entries {
      if case .new(let key)? = entry.key { try store(key) }
      try store(entry, at: tiles.size)
      for full in tiles.append(entry.leaf) { try store(full) }
    }
    self.tiles = tiles
  }

  /// Makes the change; the size of the log after it.
  func make(_ change: AuditChange) throws(StoreError) -> Int {
    switch change {
    case .append(let entries):
      try check(entries)
      try append(entries)
    case .checkpoint(let size, let note):
      try checkpoint.bind(Int64(size), at: 1)
      try checkpoint.bind(note, at: 2)
      try checkpoint.run()
    case .erase(let pseudonym, let refusing, let entry):
      refusedInBatch.formUnion(refusing)
      try refusals?.add(refusing, ofPatient: pseudonym)
      try eraseKeys.bind(pseudonym, at: 1)
      try eraseKeys.run()
      stored?.removeAll()
      isErasing = true
      try append([entry])
    case .archive(let below, let entry):
      try append([entry])
      try archive.bind(Int64(below & -MerkleTile.width), at: 1)
      try archive.run()
    }
    return try current().size
  }

  private func current() throws(StoreError) -> AuditTiles {
    if let tiles { return tiles }
    return try AuditTiles(connection)
  }

  // MARK: rows

  private func isStored(_ id: [UInt8]) throws(StoreError) -> Bool {
    if stored?.contains(id) == true { return true }
    defer { findKey.reset() }
    try findKey.bind(id, at: 1)
    guard try findKey.step() else { return false }
    remember(id)
    return true
  }

  private func remember(_ id: [UInt8]) {
    if let count = stored?.count, count >= Self.mostRemembered { stored?.removeAll(keepingCapacity: true) }
    stored?.insert(id)
  }

  private static let mostRemembered = 50_000

  private func store(_ key: AuditKey) throws(StoreError) {
    if stored?.contains(key.id) == true { return }
    try insertKey.bind(key.id, at: 1)
    try insertKey.bind(key.pseudonym, at: 2)
    try insertKey.bind(key.wrapped, at: 3)
    try insertKey.run()
    remember(key.id)
  }

  private func store(_ entry: NewAuditEntry, at number: Int) throws(StoreError) {
    try insert.bind(Int64(number), at: 1)
    try insert.bind(entry.time, at: 2)
    try insert.bind(entry.patient, at: 3)
    try insert.bind(entry.person, at: 4)
    try insert.bind(entry.record, at: 5)
    try insert.run()
  }

  private func store(_ full: AuditTiles.Full) throws(StoreError) {
    try insertTile.bind(AuditReader.place(level: full.level, number: full.number), at: 1)
    try insertTile.bind(full.tile.bytes, at: 2)
    try insertTile.run()
  }
}
