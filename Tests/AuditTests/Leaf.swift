import Cryptography
import Store

extension SHA256.Digest {
  /// The leaf of a stored entry.
  static func of(_ entry: StoredAuditEntry) -> Self { MerkleTree.leaf(entry.record) }
}
