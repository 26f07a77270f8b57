/// A subtree of height 8 by its 256 lowest hashes, or the beginning of one (C2SP tlog-tiles, "Merkle Tree").
public struct MerkleTile: Sendable, Equatable {
  /// The height of a tile.
  public static let height = 8
  /// The hashes of a full tile.
  public static let width = 1 << height

  /// From left to right, at most ``width``.
  public private(set) var hashes: [SHA256.Digest]

  /// A tile of hashes.
  public init(_ hashes: [SHA256.Digest] = []) {
    self.hashes = hashes
  }

  /// A tile as it is stored, one hash after another; nil unless these are 1 to 256 whole ones.
  public init?(bytes: [UInt8]) {
    let size = SHA256.Digest.size
    guard !bytes.isEmpty, bytes.count % size == 0, bytes.count / size <= Self.width else { return nil }
    hashes = stride(from: 0, to: bytes.count, by: size).map { SHA256.Digest(Array(bytes[$0..<$0 + size])) }
  }

  /// One hash after another.
  public var bytes: [UInt8] { hashes.flatMap(\.bytes) }

  /// Whether nothing can be added.
  public var isFull: Bool { hashes.count == Self.width }

  /// Adds a hash on the right.
  public mutating func append(_ hash: SHA256.Digest) {
    precondition(!isFull, "the tile is full")
    hashes.append(hash)
  }

  /// The hash of a subtree inside the tile; nil where the tile does not reach.
  ///
  /// - Parameters:
  ///   - height: from 0, the tile's own hashes, to ``height``, the whole tile.
  ///   - index: the subtree's place among those of its height in this tile.
  public func subtree(height: Int, index: Int) -> SHA256.Digest? {
    let range = index << height..<(index + 1) << height
    guard range.upperBound <= hashes.count else { return nil }
    var level = Array(hashes[range])
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { MerkleTree.node(level[$0], level[$0 + 1]) }
    }
    return level[0]
  }
}
