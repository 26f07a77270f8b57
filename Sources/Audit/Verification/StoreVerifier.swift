import Cryptography
import Store

/// Checks the log of a store from end to end: records, what is found by, tiles, checkpoints, keys, and what was
/// signed outside. Memory grows with the number of patients' keys, not with that of entries.
public struct StoreVerifier {
  private let store: any AuditStore
  private let keys: [NoteKey]
  private let heads: [OutsideHead]
  private let provider: (any KeyProvider)?
  private let demandsSignedEnd: Bool
  private static let pageSize = 4096

  /// A verifier.
  ///
  /// - Parameters:
  ///   - keys: the log's public keys, of which the name is its origin.
  ///   - heads: checkpoints outside the store, the second place and witnesses'.
  ///   - provider: unwraps patients' keys; without one only their presence is checked.
  ///   - demandsSignedEnd: whether entries behind the last checkpoint are wrong, as after an orderly stop.
  public init(
    _ store: any AuditStore, keys: [NoteKey], heads: [OutsideHead] = [], provider: (any KeyProvider)? = nil,
    demandsSignedEnd: Bool = false
  ) {
    self.store = store
    self.keys = keys
    self.heads = heads
    self.provider = provider
    self.demandsSignedEnd = demandsSignedEnd
  }

  /// Checks everything. Throws only where the store cannot be read at all.
  public func verify() throws -> Verification {
    var verification = Verification()
    var heads = HeadCheck()
    outside(&heads, &verification)
    heads.start()
    var stored = StoredHeads(store, keys)
    try stored.advance(&verification)
    var patients = KeyCheck()
    let tree = try entries(&heads, &stored, &patients, &verification)
    try finish(heads, &stored, tree, &verification)
    try patients.finish(store, provider, &verification)
    verification.size = tree.size
    return verification
  }

  private func finish(
    _ heads: HeadCheck, _ stored: inout StoredHeads, _ tree: MerkleFrontier,
    _ verification: inout Verification
  ) throws {
    while let head = stored.next {
      HeadCheck.complain(head, tree, &verification)
      try stored.advance(&verification)
    }
    heads.finish(tree, &verification)
    if demandsSignedEnd, stored.signed < tree.size {
      verification.add(
        "entries \(stored.signed) to \(tree.size - 1) are behind the last checkpoint", entry: stored.signed)
    }
  }

  // MARK: what is signed outside

  private func outside(_ heads: inout HeadCheck, _ verification: inout Verification) {
    for head in self.heads {
      guard let text = try? head.place.read() else {
        verification.add("\(head.place.path): there is no checkpoint")
        continue
      }
      guard let note = SignedNote(text), let checkpoint = Checkpoint(note.text),
        note.isExactly(by: head.keys, including: checkpoint.origin),
        Set(note.signatures.map(\.keyID)).count > 0,
        checkpoint.origin == keys.first?.name
      else {
        verification.add("\(head.place.path): it is not a checkpoint that the log signed")
        continue
      }
      if (try? isStored(note, checkpoint)) != true {
        verification.add("\(head.place.path): the store lacks this checkpoint of \(checkpoint.size) entries")
      }
      heads.add(checkpoint, head.place.path)
    }
  }

  private func isStored(_ note: SignedNote, _ checkpoint: Checkpoint) throws -> Bool {
    try store.auditCheckpoints(after: checkpoint.size - 1, limit: 1).contains {
      $0.size == checkpoint.size && $0.note.hasPrefix(note.text + "\n")
    }
  }

  // MARK: entries

  private func entries(
    _ heads: inout HeadCheck, _ stored: inout StoredHeads, _ patients: inout KeyCheck,
    _ verification: inout Verification
  ) throws -> MerkleFrontier {
    var tiles = TileCheck()
    func compare() throws {
      if let size = heads.nextSize, size <= tiles.size { heads.compare(tiles.tree, &verification) }
      while let head = stored.next, head.checkpoint.size <= tiles.size {
        heads.compare(head, tiles.tree, &verification)
        try stored.advance(&verification)
      }
    }
    func add(_ leaf: SHA256.Digest) throws {
      try tiles.add(leaf, &verification) { try store.auditTile(level: $0, number: $1) }
      try compare()
    }
    try compare()
    let archived = try archived(&verification)
    patients.isWhole = archived == 0
    for number in 0..<archived / MerkleTile.width {
      for leaf in try archivedTile(number, &verification)?.hashes ?? [] { try add(leaf) }
    }
    var isArchivingLogged = archived == 0
    var page = try store.auditEntries(from: archived == 0 ? .min : archived, limit: Self.pageSize)
    pages: while !page.isEmpty {
      for entry in page {
        guard entry.number == tiles.size else {
          verification.add(
            "entry \(tiles.size) is missing: \(entry.number) stands in its place", entry: tiles.size)
          break pages
        }
        if let record = check(entry, &verification) {
          patients.add(record, entry.number)
          if record.event.action == .archive, record.event.correlation == String(archived) {
            isArchivingLogged = true
          }
        }
        verification.entries += 1
        try add(MerkleTree.leaf(entry.record))
      }
      page = try store.auditEntries(from: tiles.size, limit: Self.pageSize)
    }
    if !isArchivingLogged {
      verification.add("entries before \(archived) are gone, which no entry says", entry: 0)
    }
    tiles.finish(try store.auditTiles().count, &verification)
    return tiles.tree
  }

  /// How many entries at the beginning are archived; their leaves come from their tiles.
  private func archived(_ verification: inout Verification) throws -> Int {
    guard let first = try store.auditEntries(from: .min, limit: 1).first?.number, first > 0 else { return 0 }
    guard first % MerkleTile.width == 0 else {
      verification.add("entry 0 is missing", entry: 0)
      return 0
    }
    return first
  }

  private func archivedTile(_ number: Int, _ verification: inout Verification) throws -> MerkleTile? {
    if let tile = try store.auditTile(level: 0, number: number).flatMap({ MerkleTile(bytes: $0) }),
      tile.isFull
    {
      return tile
    }
    let first = number * MerkleTile.width
    verification.add("the tile of the archived entries from \(first) on is missing", entry: first)
    return nil
  }

  private func check(_ entry: StoredAuditEntry, _ verification: inout Verification) -> AuditRecord? {
    guard let record = AuditRecord(entry.record) else {
      verification.add("entry \(entry.number): it cannot be read", entry: entry.number)
      return nil
    }
    guard entry.time == record.event.time, entry.patient == record.patient?.searchNumber,
      entry.person == record.personNumber
    else {
      verification.add(
        "entry \(entry.number): it is stored under another time, patient or person", entry: entry.number)
      return record
    }
    return record
  }
}
