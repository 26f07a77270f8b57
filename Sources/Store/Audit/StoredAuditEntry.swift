/// An entry of the audit log as it is stored.
public struct StoredAuditEntry: Sendable, Equatable {
  /// Its place in the tree, from 0.
  public let number: Int
  /// When it happened, in milliseconds since 1970, UTC.
  public let time: Int64
  /// The number that its patient's entries are found by.
  public let patient: Int64?
  /// The number that its person's entries are found by.
  public let person: Int64?
  /// The canonical bytes.
  public let record: [UInt8]
}

/// A signed checkpoint as it is stored.
public struct StoredCheckpoint: Sendable, Equatable {
  /// The number of entries that it covers, by the store's account.
  public let size: Int
  /// The signed note.
  public let note: String
}
