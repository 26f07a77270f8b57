import Store

/// The checkpoints of a store one after another, each checked by itself: a log has one a minute for years, so
/// they are never all in memory.
struct StoredHeads {
  private let store: any AuditReading
  private let keys: [NoteKey]
  private var page: ArraySlice<StoredCheckpoint> = []
  private var last = -1
  private var previous: Int?
  private static let pageSize = 256

  /// The one that is next; nil at the end.
  private(set) var next: Head?
  /// The largest size that is signed, of those that were gone through.
  var signed: Int { previous ?? 0 }

  init(_ store: any AuditReading, _ keys: [NoteKey]) {
    self.store = store
    self.keys = keys
  }

  /// Goes to the next one that the log signed.
  mutating func advance(_ verification: inout Verification) throws {
    next = nil
    while next == nil {
      if page.isEmpty { page = try store.auditCheckpoints(after: last, limit: Self.pageSize)[...] }
      guard let stored = page.popFirst() else { return }
      last = stored.size
      next = head(stored, &verification)
    }
  }

  private mutating func head(_ stored: StoredCheckpoint, _ verification: inout Verification) -> Head? {
    let name = "the checkpoint of \(stored.size) entries"
    guard let note = SignedNote(stored.note), note.signatures.count == 1,
      let checkpoint = Checkpoint(note.text), checkpoint.size == stored.size,
      note.isExactly(by: keys, including: checkpoint.origin)
    else {
      verification.add("\(name) in the store is not signed by the log")
      return nil
    }
    if checkpoint.previous != previous { verification.add("a checkpoint before \(name) is missing") }
    previous = checkpoint.size
    return Head(name: name, checkpoint: checkpoint)
  }
}
