import Cryptography

extension AuditTiles {
  /// The edge of the log that is stored: the hashes of full tiles that no full tile holds, and the leaves of
  /// the records behind them.
  init(_ connection: any SQLConnection) throws(StoreError) {
    self.init()
    let reader = try AuditReader(connection)
    let size = try reader.size()
    var level = 1
    while size >> (MerkleTile.height * level) > 0 {
      let count = size >> (MerkleTile.height * level)
      let below = try ((count & -MerkleTile.width)..<count).map { number throws(StoreError) in
        try reader.tileRoot(level: level - 1, number: number)
      }
      restore(below, level: level)
      level += 1
    }
    let first = size & -MerkleTile.width
    restore(
      try reader.entries(from: first, limit: MerkleTile.width).map { MerkleTree.leaf($0.record) }, level: 0)
    guard self.size == size else { throw .failed(doing: "reading the audit log", code: AuditReader.corrupt) }
  }
}
