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
    hashes = Array(unsafeUninitializedCapacity: bytes.count / size) { hashes, count in
      UnsafeMutableRawBufferPointer(hashes).copyBytes(from: bytes)
      count = bytes.count / size
    }
  }

  /// One hash after another.
  public var bytes: [UInt8] { hashes.withUnsafeBytes { Array($0) } }

  /// The first hash that is not the one in a tile as it is stored, or where one of both ends; nil for the same.
  public func firstDifference(from stored: Span<UInt8>) -> Int? {
    let size = SHA256.Digest.size
    let stored = stored.bytes
    for place in 0..<min(hashes.count, stored.byteCount / size) {
      let hash = stored.unsafeLoadUnaligned(fromByteOffset: place * size, as: SHA256.Digest.self)
      if hash != hashes[place] { return place }
    }
    return stored.byteCount == hashes.count * size ? nil : min(hashes.count, stored.byteCount / size)
  }

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
    var width = level.count
    while width > 1 {
      width /= 2
      for place in 0..<width { level[place] = MerkleTree.node(level[2 * place], level[2 * place + 1]) }
    }
    return level[0]
  }

  /// The hash of the whole; nil unless it is full.
  public var root: SHA256.Digest? { subtree(height: Self.height, index: 0) }
}
