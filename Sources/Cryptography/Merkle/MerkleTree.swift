/// The Merkle tree of RFC 9162, section 2.1, with SHA-256.
///
/// A tree is known by its hashes of whole subtrees: the one at a height and an index covers the leaves from
/// `index << height` to before `(index + 1) << height`.
public enum MerkleTree {
  /// The hash of a leaf: of a zero byte and the entry.
  public static func leaf(_ entry: [UInt8]) -> SHA256.Digest { leaf(entry.span) }

  /// The hash of a leaf where it lies.
  public static func leaf(_ entry: Span<UInt8>) -> SHA256.Digest {
    entry.withUnsafeBytes { entry in
      withUnsafeTemporaryAllocation(byteCount: entry.count + 1, alignment: 8) { input in
        input[0] = 0
        UnsafeMutableRawBufferPointer(rebasing: input[1...]).copyMemory(from: entry)
        return SHA256.digest(of: UnsafeRawBufferPointer(input))
      }
    }
  }

  /// The hash of two subtrees: of a one byte and both hashes.
  public static func node(_ left: SHA256.Digest, _ right: SHA256.Digest) -> SHA256.Digest {
    withUnsafeTemporaryAllocation(byteCount: 1 + 2 * SHA256.Digest.size, alignment: 8) { input in
      input[0] = 1
      input.storeBytes(of: left, toByteOffset: 1, as: SHA256.Digest.self)
      input.storeBytes(of: right, toByteOffset: 1 + SHA256.Digest.size, as: SHA256.Digest.self)
      return SHA256.digest(of: UnsafeRawBufferPointer(input))
    }
  }

  /// The hash of no leaves at all.
  public static let empty = SHA256.digest(of: [])

  /// Gives the hash of the whole subtree at a height and an index.
  public typealias Subtree<Failure: Error> = (_ height: Int, _ index: Int) throws(Failure) -> SHA256.Digest

  /// The hash of the tree of the first `size` leaves.
  public static func root<Failure>(
    ofSize size: Int, subtree: Subtree<Failure>
  ) throws(Failure) -> SHA256.Digest {
    size == 0 ? empty : try hash(0..<size, subtree)
  }

  /// The hash of leaves that begin at a multiple of the smallest power of two that holds them.
  static func hash<Failure>(
    _ leaves: Range<Int>, _ subtree: Subtree<Failure>
  ) throws(Failure) -> SHA256.Digest {
    let count = leaves.count
    if count & (count - 1) == 0 {
      let height = count.trailingZeroBitCount
      return try subtree(height, leaves.lowerBound >> height)
    }
    let middle = leaves.lowerBound + split(count)
    return node(
      try hash(leaves.lowerBound..<middle, subtree), try hash(middle..<leaves.upperBound, subtree))
  }

  /// The largest power of two below a number above one.
  static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
