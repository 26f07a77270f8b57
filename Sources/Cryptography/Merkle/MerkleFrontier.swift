/// A tree that grows, known by the whole subtrees on its right edge: as many hashes as its size has ones.
public struct MerkleFrontier: Sendable, Equatable {
  /// The number of leaves.
  public private(set) var size = 0
  /// The largest subtree first.
  private var subtrees: [SHA256.Digest] = []

  /// The empty tree.
  public init() {}

  /// Adds a leaf.
  public mutating func append(_ leaf: SHA256.Digest) {
    append(leaf, height: 0)
  }

  /// Adds a whole subtree; the size must be a multiple of its own.
  public mutating func append(_ subtree: SHA256.Digest, height: Int) {
    precondition(size & (1 << height - 1) == 0, "a subtree stands at a multiple of its size")
    var hash = subtree
    var rest = size >> height
    while rest & 1 == 1 {
      hash = MerkleTree.node(subtrees.removeLast(), hash)
      rest >>= 1
    }
    subtrees.append(hash)
    size += 1 << height
  }

  /// The hash of the tree.
  public var root: SHA256.Digest {
    guard var hash = subtrees.last else { return MerkleTree.empty }
    for subtree in subtrees.dropLast().reversed() { hash = MerkleTree.node(subtree, hash) }
    return hash
  }
}
