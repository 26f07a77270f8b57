import Cryptography

/// Checks the entries of a package tile by tile.
struct PackageTiles: Sendable {
  private let files: PackageFolder
  private let size: Int

  init(_ files: PackageFolder, size: Int) {
    (self.files, self.size) = (files, size)
  }

  /// The bytes of a full tile.
  func tile(level: Int, number: Int) -> [UInt8]? {
    files.bytes(TilePath.tile(level: level, number: number, width: MerkleTile.width))
  }

  /// The leaves are the hashes of the records, or those of the tile where these are archived.
  func check(_ number: Int) -> CheckedTile {
    var tile = CheckedTile(number: number)
    let width = min(MerkleTile.width, size - tile.first)
    let stored = files.bytes(TilePath.tile(level: 0, number: number, width: width))
    guard let stored, let leaves = MerkleTile(bytes: stored), leaves.hashes.count == width else {
      tile.add("the tile of the entries from \(tile.first) on is missing", entry: tile.first)
      tile.isLast = true
      return tile
    }
    tile.leaves = leaves
    if let bundle = files.bytes(TilePath.entries(number: number, width: width)) {
      read(bundle.span, leaves, &tile)
    }
    tile.isLast = tile.end == size
    if leaves.isFull { tile.root = tile.leaves.root }
    return tile
  }

  private func read(_ bundle: Span<UInt8>, _ stored: MerkleTile, _ tile: inout CheckedTile) {
    guard let places = Self.places(bundle), places.count == stored.hashes.count else {
      return tile.add("the entries from \(tile.first) on cannot be read", entry: tile.first)
    }
    tile.leaves = MerkleTile(places.map { MerkleTree.leaf(bundle.extracting($0)) })
    tile.entries = places.count
    for (index, place) in places.enumerated() {
      let entry = tile.first + index
      if tile.leaves.hashes[index] != stored.hashes[index] {
        tile.add("entry \(entry): it is not what its tile says", entry: entry)
      } else if RecordOutline(bundle.extracting(place)) == nil {
        tile.add("entry \(entry): it cannot be read", entry: entry)
      }
    }
  }

  /// Where records are: each behind its length in two bytes.
  private static func places(_ bundle: Span<UInt8>) -> [Range<Int>]? {
    var places: [Range<Int>] = []
    var position = 0
    while position < bundle.count {
      guard bundle.count - position >= 2 else { return nil }
      let count = Int(bundle[position]) << 8 | Int(bundle[position + 1])
      guard bundle.count - position - 2 >= count else { return nil }
      places.append(position + 2..<position + 2 + count)
      position += 2 + count
    }
    return places
  }
}
