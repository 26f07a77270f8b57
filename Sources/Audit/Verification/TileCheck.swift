import Cryptography
import Store

/// Builds the tiles of a log again and compares them with those that are stored.
struct TileCheck {
  private var tiles = AuditTiles()
  private var expected = 0
  /// The tree of the full tiles, and the leaves behind them.
  private var full = MerkleFrontier()
  private var leaves: [SHA256.Digest] = []

  /// The number of entries so far.
  var size: Int { tiles.size }

  /// The tree so far; made anew from up to 255 leaves each time.
  var tree: MerkleFrontier {
    var tree = full
    for leaf in leaves { tree.append(leaf) }
    return tree
  }

  /// - Parameter stored: gives a stored tile's bytes.
  mutating func add(
    _ leaf: SHA256.Digest, _ verification: inout Verification,
    stored: (_ level: Int, _ number: Int) throws -> [UInt8]?
  ) rethrows {
    leaves.append(leaf)
    for full in tiles.append(leaf) {
      expected += 1
      take(full)
      guard let bytes = try stored(full.level, full.number) else {
        verification.add("tile \(full.level)/\(full.number) is missing")
        continue
      }
      let right = full.tile.bytes
      guard bytes != right else { continue }
      let place =
        zip(bytes, right).enumerated().first { $1.0 != $1.1 }?.offset ?? min(bytes.count, right.count)
      let first =
        (full.number << MerkleTile.height + place / SHA256.Digest.size) << (MerkleTile.height * full.level)
      verification.add("entry \(first): it is not what its tile says", entry: first)
    }
  }

  private mutating func take(_ tile: AuditTiles.Full) {
    guard tile.level == 0 else { return }
    full.append(tile.root, height: MerkleTile.height)
    leaves.removeAll(keepingCapacity: true)
  }

  /// Tiles that nothing led to.
  func finish(_ places: Int, _ verification: inout Verification) {
    if places != expected { verification.add("there are \(places) tiles where \(expected) belong") }
  }
}
