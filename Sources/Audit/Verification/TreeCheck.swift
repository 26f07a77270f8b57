import Cryptography
import Store

/// Grows the tree tile by tile, and compares what is above the tiles of entries with what is stored.
struct TreeCheck {
  /// The tree of the full tiles, and the leaves behind them.
  private var full = MerkleFrontier()
  private var leaves: [SHA256.Digest] = []
  /// The tiles above: its leaves are the roots of the tiles of entries.
  private var upper = AuditTiles()
  /// The full tiles that there should be, on all levels.
  private var expected = 0

  /// The tree so far.
  var tree: MerkleFrontier { grown(by: leaves[...]) }

  /// The tree as it was with the first of a tile's entries, before the tile is added.
  ///
  /// - Parameter size: not below that of the full tiles.
  func tree(ofSize size: Int, with tile: CheckedTile) -> MerkleFrontier {
    let count = size - full.size
    if count == MerkleTile.width, let root = tile.root { return grown(by: root) }
    return grown(by: tile.leaves.hashes.prefix(count))
  }

  /// Adds a tile.
  ///
  /// - Parameter stored: gives a stored tile's bytes.
  mutating func add(
    _ tile: CheckedTile, _ verification: inout Verification,
    stored: (_ level: Int, _ number: Int) throws -> [UInt8]?
  ) rethrows {
    guard let root = tile.root else { return leaves = tile.leaves.hashes }
    full.append(root, height: MerkleTile.height)
    expected += 1
    for above in upper.append(root) {
      expected += 1
      let level = above.level + 1
      if let finding = Finding(
        above.tile, level: level, number: above.number, try stored(level, above.number))
      {
        verification.add(finding.text, entry: finding.entry)
      }
    }
  }

  /// Tiles that nothing led to.
  func finish(_ places: Int, _ verification: inout Verification) {
    if places != expected { verification.add("there are \(places) tiles where \(expected) belong") }
  }

  private func grown(by leaves: ArraySlice<SHA256.Digest>) -> MerkleFrontier {
    var tree = full
    for leaf in leaves { tree.append(leaf) }
    return tree
  }

  private func grown(by tile: SHA256.Digest) -> MerkleFrontier {
    var tree = full
    tree.append(tile, height: MerkleTile.height)
    return tree
  }
}
