import Cryptography
import Store
import Synchronization

/// Checks the entries of a store tile by tile, as its scan sees them; each thread has one of its own.
final class StoreTiles: Sendable {
  /// What was gathered of all tiles that were checked here.
  struct Gathered: Sendable {
    var keys = KeyUses()
    /// Whether an entry says that the first ones were archived.
    var isArchivingLogged = false
  }

  private let scan: AuditScan
  /// The tiles at the beginning whose entries are archived; their leaves come from themselves.
  private let archivedTiles: Int
  private let archived: [UInt8]
  private let state = Mutex(Gathered())

  /// - Parameter archived: how many entries at the beginning are archived.
  init(_ scan: AuditScan, archived: Int) {
    self.scan = scan
    archivedTiles = archived / MerkleTile.width
    self.archived = Array(String(archived).utf8)
  }

  /// To be asked at the end.
  var gathered: Gathered { state.withLock { $0 } }

  func check(_ number: Int) throws -> CheckedTile {
    try number < archivedTiles ? archivedTile(number) : state.withLock { try read(number, &$0) }
  }

  private func archivedTile(_ number: Int) throws -> CheckedTile {
    var tile = CheckedTile(number: number)
    if let stored = try scan.auditTile(level: 0, number: number).flatMap({ MerkleTile(bytes: $0) }),
      stored.isFull
    {
      tile.leaves = stored
      tile.root = stored.root
    } else {
      tile.add("the tile of the archived entries from \(tile.first) on is missing", entry: tile.first)
      tile.isLast = true
    }
    return tile
  }

  private func read(_ number: Int, _ gathered: inout Gathered) throws -> CheckedTile {
    var tile = CheckedTile(number: number)
    let begin = number == 0 ? Int.min : tile.first
    try scan.visitAuditEntries(from: begin, limit: MerkleTile.width) { row, record in
      guard row.number == tile.end else {
        tile.add("entry \(tile.end) is missing: \(row.number) stands in its place", entry: tile.end)
        return false
      }
      if let problem = problem(row, record, &gathered) {
        tile.add("entry \(row.number): \(problem)", entry: row.number)
      }
      tile.leaves.append(MerkleTree.leaf(record))
      return true
    }
    tile.entries = tile.leaves.hashes.count
    tile.isLast = !tile.leaves.isFull
    if !tile.isLast { tile.compare(with: try scan.auditTile(level: 0, number: number)) }
    return tile
  }

  private func problem(_ row: AuditRow, _ record: Span<UInt8>, _ gathered: inout Gathered) -> String? {
    guard let outline = RecordOutline(record) else { return "it cannot be read" }
    gathered.keys.add(outline, isErasure: record.holds(Self.erase, at: outline.action), row.number)
    if record.holds(Self.archive, at: outline.action), record.holds(archived, at: outline.correlation) {
      gathered.isArchivingLogged = true
    }
    guard row.time == outline.time, row.patient == outline.pseudonym?.searchNumber,
      Self.isPerson(row.person, record.extracting(outline.person))
    else { return "it is stored under another time, patient or person" }
    return nil
  }

  /// Whether a number for searching is that of the person in the record.
  private static func isPerson(_ number: Int64?, _ person: Span<UInt8>) -> Bool {
    guard let number else { return person.isEmpty }
    return !person.isEmpty && number == AuditRecord.number(ofPerson: person)
  }

  private static let erase = Array(AuditAction.erase.rawValue.utf8)
  private static let archive = Array(AuditAction.archive.rawValue.utf8)
}
