/// Why the audit log did not do what it was asked. No case holds patient data.
public enum AuditError: Error, Equatable, CustomStringConvertible {
  /// A text of an entry is longer than an entry may be.
  case tooLong(field: String)
  /// A file of secrets that others than its owner can read, or that is no plain file.
  case unsafeFile(path: String, reason: String)
  /// A file cannot be read or written.
  case file(path: String, reason: String)
  /// A file does not hold what it should.
  case malformed(path: String, reason: String)
  /// The store's log is shorter than the last signed checkpoint: a backup was restored, or entries were cut off.
  case behind(size: Int, signed: Int)
  /// The store's log does not continue the last signed checkpoint.
  case forked(size: Int)
  /// Another instance signed a checkpoint at the same time.
  case overtaken
  /// A witness did not cosign.
  case witness(name: String, reason: String)
  /// The log has no such entry.
  case noEntry(Int)

  /// One line for the operator.
  public var description: String {
    switch self {
    case .tooLong(let field): "the audit entry's \(field) is too long"
    case .unsafeFile(let path, let reason): "\(path) is not used: \(reason)"
    case .file(let path, let reason): "\(path): \(reason)"
    case .malformed(let path, let reason): "\(path): \(reason)"
    case .behind(let size, let signed):
      "the audit log has \(size) entries, but a checkpoint of \(signed) was signed: entries were lost, as by a restored backup"
    case .forked(let size):
      "the audit log does not continue the checkpoint of \(size) entries that was signed: its entries were changed"
    case .overtaken: "another instance signed a checkpoint meanwhile"
    case .witness(let name, let reason): "the witness \(name) did not cosign: \(reason)"
    case .noEntry(let number): "the audit log has no entry \(number)"
    }
  }
}
