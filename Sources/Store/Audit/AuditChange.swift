/// A change of the audit log that comes by itself, not with a message.
public enum AuditChange: Sendable {
  /// Entries at the end.
  case append([NewAuditEntry])
  /// A signed checkpoint of the tree of the first `size` entries; another one of that size is replaced.
  case checkpoint(size: Int, note: String)
  /// Destroys all keys of a patient, in the file and in the write-ahead log, and appends the entry about it.
  /// Entries under way that would bring one of `refusing` are refused from then on.
  case erase(pseudonym: [UInt8], refusing: [[UInt8]], NewAuditEntry)
  /// Removes the records of the first entries, a multiple of 256 of them, and appends the entry about it. The
  /// tree stays whole.
  case archive(below: Int, NewAuditEntry)

  /// Bytes kept in memory, about.
  var bytes: Int {
    switch self {
    case .append(let entries): entries.reduce(0) { $0 + $1.record.count }
    case .checkpoint(_, let note): note.utf8.count
    case .erase(_, _, let entry), .archive(_, let entry): entry.record.count
    }
  }
}
