import Cryptography
import Store

/// Checks the log of a store from end to end: records, what is found by, tiles, checkpoints, keys, and what was
/// signed outside, on all cores. Memory grows with the number of patients' keys, not with that of entries.
public struct StoreVerifier {
  private let store: any AuditStore
  private let keys: [NoteKey]
  private let heads: [OutsideHead]
  private let provider: (any KeyProvider)?
  private let demandsSignedEnd: Bool

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
    // What is signed outside is read first: the store has it as well by then.
    let notes = self.heads.map { ($0, try? $0.place.read()) }
    let scans = try store.auditScans(Sweep.workers)
    var heads = HeadCheck()
    for (head, note) in notes { outside(head, note, scans[0], &heads, &verification) }
    heads.start()
    var stored = StoredHeads(scans[0], keys)
    try stored.advance(&verification)
    let tree = try entries(scans, &heads, &stored, &verification)
    try finish(heads, &stored, tree, &verification)
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

  private func outside(
    _ head: OutsideHead, _ text: String?, _ scan: AuditScan, _ heads: inout HeadCheck,
    _ verification: inout Verification
  ) {
    guard let text else { return verification.add("\(head.place.path): there is no checkpoint") }
    guard let note = SignedNote(text), let checkpoint = Checkpoint(note.text),
      note.isExactly(by: head.keys, including: checkpoint.origin),
      Set(note.signatures.map(\.keyID)).count > 0,
      checkpoint.origin == keys.first?.name
    else { return verification.add("\(head.place.path): it is not a checkpoint that the log signed") }
    if (try? Self.isStored(note, checkpoint, scan)) != true {
      verification.add("\(head.place.path): the store lacks this checkpoint of \(checkpoint.size) entries")
    }
    heads.add(checkpoint, head.place.path)
  }

  private static func isStored(_ note: SignedNote, _ checkpoint: Checkpoint, _ scan: AuditScan) throws -> Bool
  {
    try scan.auditCheckpoints(after: checkpoint.size - 1, limit: 1).contains {
      $0.size == checkpoint.size && $0.note.hasPrefix(note.text + "\n")
    }
  }

  // MARK: entries

  private func entries(
    _ scans: [AuditScan], _ heads: inout HeadCheck, _ stored: inout StoredHeads,
    _ verification: inout Verification
  ) throws -> MerkleFrontier {
    let archived = try Self.archived(scans[0], &verification)
    let checkers = scans.map { StoreTiles($0, archived: archived) }
    var tree = TreeCheck()
    try Self.compare(&heads, &stored, upTo: 0, &verification) { _ in MerkleFrontier() }
    let tiles = (scans[0].size + MerkleTile.width - 1) / MerkleTile.width
    try Sweep.run(0..<max(1, tiles), workers: checkers.count) {
      try checkers[$1].check($0)
    } take: { tile in
      verification.add(tile)
      try Self.compare(&heads, &stored, upTo: tile.end, &verification) { tree.tree(ofSize: $0, with: tile) }
      try tree.add(tile, &verification) { try scans[0].auditTile(level: $0, number: $1) }
      return !tile.isLast
    }
    var keys = KeyUses()
    for checker in checkers { keys.add(checker.gathered.keys) }
    if archived > 0, !checkers.contains(where: \.gathered.isArchivingLogged) {
      verification.add("entries before \(archived) are gone, which no entry says", entry: 0)
    }
    tree.finish(try scans[0].auditTiles().count, &verification)
    try KeyCheck(keys: keys, isWhole: archived == 0).finish(scans[0], provider, &verification)
    return tree.tree
  }

  /// Compares what was signed for trees up to a size.
  private static func compare(
    _ heads: inout HeadCheck, _ stored: inout StoredHeads, upTo end: Int, _ verification: inout Verification,
    tree: (_ size: Int) -> MerkleFrontier
  ) throws {
    while let size = [heads.nextSize, stored.next?.checkpoint.size].compactMap(\.self).min(), size <= end {
      let tree = tree(size)
      heads.compare(tree, &verification)
      while let head = stored.next, head.checkpoint.size <= size {
        heads.compare(head, tree, &verification)
        try stored.advance(&verification)
      }
    }
  }

  /// How many entries at the beginning are archived.
  private static func archived(_ scan: AuditScan, _ verification: inout Verification) throws -> Int {
    guard let first = try scan.auditEntries(from: .min, limit: 1).first?.number, first > 0 else { return 0 }
    guard first % MerkleTile.width == 0 else {
      verification.add("entry 0 is missing", entry: 0)
      return 0
    }
    return first
  }
}
