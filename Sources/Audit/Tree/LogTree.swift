import Cryptography
import Store

/// The tree of the log in a store, for roots and proofs. Nothing of it is larger than a few tiles.
public final class LogTree {
  private let store: any AuditStore
  /// The number of entries; those appended later are not seen.
  public let size: Int
  /// Hashes of tiles that are not full, by level.
  private var edge: [Int: MerkleTile] = [:]
  /// The full tile that was used last on each level.
  private var last: [Int: (number: Int, tile: MerkleTile)] = [:]

  /// The tree of the first `size` entries, or of all.
  public init(_ store: any AuditStore, size: Int? = nil) throws(StoreError) {
    self.store = store
    let all = try store.auditSize()
    self.size = min(size ?? all, all)
  }

  /// The root of the first entries.
  public func root(ofSize size: Int) throws -> SHA256.Digest {
    try MerkleTree.root(ofSize: size) { height, index in try subtree(height, index) }
  }

  /// The proof that the entry is in the tree of the first `size` entries.
  public func inclusionProof(of index: Int, inSize size: Int) throws -> [SHA256.Digest] {
    guard index >= 0, index < size, size <= self.size else { throw AuditError.noEntry(index) }
    return try MerkleTree.inclusionProof(of: index, inSize: size) { height, index in
      try subtree(height, index)
    }
  }

  /// The proof that the tree of `size` entries continues that of `first`.
  public func consistencyProof(from first: Int, toSize size: Int) throws -> [SHA256.Digest] {
    guard first > 0, first <= size, size <= self.size else { throw AuditError.noEntry(first) }
    return try MerkleTree.consistencyProof(from: first, toSize: size) { height, index in
      try subtree(height, index)
    }
  }

  /// A tile by its place, perhaps not full; nil where it would be empty.
  func tile(level: Int, number: Int) throws -> MerkleTile? {
    let width = min(MerkleTile.width, size >> (MerkleTile.height * level) - number << MerkleTile.height)
    guard width > 0 else { return nil }
    return width == MerkleTile.width ? try full(level, number) : try partial(level, number, width)
  }

  // MARK: tiles

  private func subtree(_ height: Int, _ index: Int) throws -> SHA256.Digest {
    let level = height / MerkleTile.height
    let inside = height % MerkleTile.height
    let shift = MerkleTile.height - inside
    guard let tile = try tile(level: level, number: index >> shift),
      let hash = tile.subtree(height: inside, index: index & (1 << shift - 1))
    else { throw AuditError.noEntry(index << height) }
    return hash
  }

  private func full(_ level: Int, _ number: Int) throws -> MerkleTile {
    if let known = last[level], known.number == number { return known.tile }
    guard let bytes = try store.auditTile(level: level, number: number), let tile = MerkleTile(bytes: bytes),
      tile.isFull
    else { throw AuditError.noEntry(number << (MerkleTile.height * (level + 1))) }
    last[level] = (number, tile)
    return tile
  }

  private func partial(_ level: Int, _ number: Int, _ width: Int) throws -> MerkleTile {
    if let known = edge[level] { return known }
    let tile: MerkleTile
    if level == 0 {
      let entries = try store.auditEntries(from: number << MerkleTile.height, limit: width)
      tile = MerkleTile(entries.map { MerkleTree.leaf($0.record) })
    } else {
      tile = MerkleTile(
        try (0..<width).map { index in
          guard
            let root = try full(level - 1, number << MerkleTile.height + index)
              .subtree(height: MerkleTile.height, index: 0)
          else { throw AuditError.noEntry(index) }
          return root
        })
    }
    edge[level] = tile
    return tile
  }
}
