extension MerkleTree {
  /// The hashes that lead from a leaf to the root, the leaf's sibling first (RFC 9162, section 2.1.3.1).
  ///
  /// - Parameter index: from 0 to before `size`.
  public static func inclusionProof<Failure>(
    of index: Int, inSize size: Int, subtree: Subtree<Failure>
  ) throws(Failure) -> [SHA256.Digest] {
    precondition(index >= 0 && index < size, "no such leaf")
    return try path(to: index, in: 0..<size, subtree)
  }

  /// Whether a proof shows that the leaf stands at the index in the tree (RFC 9162, section 2.1.3.2).
  public static func verifyInclusion(
    of leaf: SHA256.Digest, at index: Int, size: Int, proof: [SHA256.Digest], root: SHA256.Digest
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    var first = index
    var second = size - 1
    var hash = leaf
    for sibling in proof {
      guard second > 0 else { return false }
      if first & 1 == 1 || first == second {
        hash = node(sibling, hash)
        while first & 1 == 0 && first != 0 {
          first >>= 1
          second >>= 1
        }
      } else {
        hash = node(hash, sibling)
      }
      first >>= 1
      second >>= 1
    }
    return second == 0 && hash == root
  }

  private static func path<Failure>(
    to index: Int, in leaves: Range<Int>, _ subtree: Subtree<Failure>
  ) throws(Failure) -> [SHA256.Digest] {
    guard leaves.count > 1 else { return [] }
    let middle = leaves.lowerBound + split(leaves.count)
    let left = leaves.lowerBound..<middle
    let right = middle..<leaves.upperBound
    return index < middle
      ? try path(to: index, in: left, subtree) + [try hash(right, subtree)]
      : try path(to: index, in: right, subtree) + [try hash(left, subtree)]
  }
}
