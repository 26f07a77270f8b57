public import Cryptography

/// The right edge of the tree by tiles: what grows in memory until a tile is full and is written.
public struct AuditTiles: Sendable {
  /// The number of leaves.
  public private(set) var size = 0
  /// For each level the tile that is not full.
  private var edge: [MerkleTile] = []

  /// The empty tree.
  public init() {}

  /// A full tile, and its place.
  public struct Full: Sendable {
    /// The level, from 0.
    public let level: Int
    /// The number on its level.
    public let number: Int
    /// Its hashes.
    public let tile: MerkleTile
    /// The hash of the whole.
    public let root: SHA256.Digest
  }

  /// Adds a leaf; the tiles that became full by it, the lowest first.
  public mutating func append(_ leaf: SHA256.Digest) -> [Full] {
    size += 1
    var full: [Full] = []
    add(leaf, at: 0, &full)
    return full
  }

  /// Takes up hashes at a level that were stored, without those below.
  mutating func restore(_ hashes: [SHA256.Digest], level: Int) {
    while edge.count <= level { edge.append(MerkleTile()) }
    edge[level] = MerkleTile(hashes)
    size += hashes.count << (MerkleTile.height * level)
  }

  private mutating func add(_ hash: SHA256.Digest, at level: Int, _ full: inout [Full]) {
    if edge.count == level { edge.append(MerkleTile()) }
    edge[level].append(hash)
    guard edge[level].isFull, let root = edge[level].subtree(height: MerkleTile.height, index: 0) else {
      return
    }
    let number = size >> (MerkleTile.height * (level + 1)) - 1
    full.append(Full(level: level, number: number, tile: edge[level], root: root))
    edge[level] = MerkleTile()
    add(root, at: level + 1, &full)
  }
}
